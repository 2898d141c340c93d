package dev.warpgrid.model;

import java.util.List;

/**
 * All that a node is to do, whole every time: the agent compares it with what it runs. Generations never go back.
 *
 * @param workloads the revisions that {@code assignments} and {@code routes} name, each once
 */
public record DesiredState(
        long generation, List<Workload> workloads, List<Assignment> assignments, List<Route> routes) {
    public DesiredState {
        workloads = List.copyOf(workloads);
        assignments = List.copyOf(assignments);
        routes = List.copyOf(routes);
    }

    public static DesiredState empty() {
        return new DesiredState(0, List.of(), List.of(), List.of());
    }
}

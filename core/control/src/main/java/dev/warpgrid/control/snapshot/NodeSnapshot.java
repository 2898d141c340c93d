package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One node.
 *
 * @param memoryBytes what guests may use together; the sum of the limits of its instances never exceeds it
 * @param interfaces WIT interfaces guests may import there
 * @param served what share of each deployment's requests its newest committed routes send to which revision, in percent
 * @param settled the agent has taken over the newest committed desired state
 */
public record NodeSnapshot(
        NodeId id,
        NodeState state,
        long memoryBytes,
        List<String> interfaces,
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> served,
        boolean settled) {
    public NodeSnapshot {
        interfaces = List.copyOf(interfaces);
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> copy = new TreeMap<>();
        served.forEach((deployment, weights) ->
                copy.put(deployment, Collections.unmodifiableSortedMap(new TreeMap<>(weights))));
        served = Collections.unmodifiableSortedMap(copy);
    }

    /** The shares of a node's routes, which are the same on each route of a deployment. */
    public static SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> servedBy(List<Route> routes) {
        SortedMap<DeploymentId, SortedMap<RevisionId, Integer>> served = new TreeMap<>();
        routes.forEach(route -> route.targets()
                .forEach(target -> served.computeIfAbsent(target.revision().deployment(), _ -> new TreeMap<>())
                        .put(target.revision(), target.weight())));
        return served;
    }

    /** In percent; 0 where the node's routes do not name the revision. */
    public int weightOf(DeploymentId deployment, RevisionId revision) {
        SortedMap<RevisionId, Integer> weights = served.get(deployment);
        return weights == null ? 0 : weights.getOrDefault(revision, 0);
    }
}

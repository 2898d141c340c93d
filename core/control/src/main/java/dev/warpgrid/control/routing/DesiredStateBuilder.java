package dev.warpgrid.control.routing;

import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that one node is to do, whole. */
public final class DesiredStateBuilder {
    private DesiredStateBuilder() {}

    /**
     * The node's desired state after the snapshot's placements.
     *
     * @param plan how requests are parted, as the step that made the placements decided it
     * @param previous as last committed; its generation is kept where nothing else changed
     * @throws IllegalStateException if a placement's revision is missing from the snapshot: sending the rest would stop it
     */
    public static DesiredState next(GridSnapshot snapshot, NodeId node, RoutePlan plan, DesiredState previous) {
        SortedMap<RevisionId, Workload> workloads = new TreeMap<>();
        List<Assignment> assignments = new ArrayList<>();
        for (PlacedInstance instance : snapshot.placementsOn(node)) {
            RevisionId revision = instance.placement().revision();
            RevisionSpec spec = snapshot.revisions().get(revision);
            if (spec == null) {
                throw new IllegalStateException(
                        "Instance " + instance.placement().instance() + " is of revision " + revision
                                + ", which the snapshot lacks.");
            }
            workloads.put(revision, spec.workload());
            assignments.add(new Assignment(instance.placement().instance(), revision));
        }
        DesiredState same = new DesiredState(
                previous.generation(),
                List.copyOf(workloads.values()),
                assignments,
                RouteBuilder.build(snapshot, RouteBuilder.shares(snapshot, node, plan)));
        return same.equals(previous)
                ? previous
                : new DesiredState(previous.generation() + 1, same.workloads(), same.assignments(), same.routes());
    }
}

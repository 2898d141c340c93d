package dev.warpgrid.server.observe;

import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.StoredNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the controller read from the database: intent, nodes and what was decided. */
public record GridRows(
        SortedMap<DeploymentId, DeploymentIntent> deployments,
        SortedMap<RevisionId, RevisionSpec> revisions,
        List<StoredNode> nodes,
        List<Placement> placements,
        SortedMap<NodeId, DesiredState> desired) {
    public GridRows {
        deployments = Collections.unmodifiableSortedMap(new TreeMap<>(deployments));
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
        nodes = List.copyOf(nodes);
        placements = List.copyOf(placements);
        desired = Collections.unmodifiableSortedMap(new TreeMap<>(desired));
    }

    public static GridRows empty() {
        return new GridRows(new TreeMap<>(), new TreeMap<>(), List.of(), List.of(), new TreeMap<>());
    }

    public GridRows after(List<Placement> newPlacements, SortedMap<NodeId, DesiredState> newDesired) {
        return new GridRows(deployments, revisions, nodes, newPlacements, newDesired);
    }
}

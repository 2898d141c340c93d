package dev.warpgrid.server.observe;

import dev.warpgrid.control.rollout.RolloutIntent;
import dev.warpgrid.control.rollout.RolloutState;
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
import org.jspecify.annotations.Nullable;

/**
 * What the controller read from the database: intent, nodes and what was decided.
 *
 * @param rollouts how each deployment's newest revision takes over
 */
public record GridRows(
        SortedMap<DeploymentId, DeploymentIntent> deployments,
        SortedMap<RevisionId, RevisionSpec> revisions,
        List<StoredNode> nodes,
        List<Placement> placements,
        SortedMap<NodeId, DesiredState> desired,
        SortedMap<DeploymentId, RolloutIntent> rollouts) {
    public GridRows {
        deployments = Collections.unmodifiableSortedMap(new TreeMap<>(deployments));
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
        nodes = List.copyOf(nodes);
        placements = List.copyOf(placements);
        desired = Collections.unmodifiableSortedMap(new TreeMap<>(desired));
        rollouts = Collections.unmodifiableSortedMap(new TreeMap<>(rollouts));
    }

    public static GridRows empty() {
        return new GridRows(new TreeMap<>(), new TreeMap<>(), List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
    }

    public GridRows after(List<Placement> newPlacements, SortedMap<NodeId, DesiredState> newDesired) {
        return new GridRows(deployments, revisions, nodes, newPlacements, newDesired, rollouts);
    }

    public GridRows with(SortedMap<DeploymentId, RolloutIntent> newRollouts) {
        return new GridRows(deployments, revisions, nodes, placements, desired, newRollouts);
    }

    /** The deployment's newest rollout; null where there was none. */
    public @Nullable RolloutState rollout(DeploymentId deployment) {
        RolloutIntent intent = rollouts.get(deployment);
        return intent == null ? null : intent.state();
    }
}

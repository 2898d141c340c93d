package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The grid at one moment. Intent, nodes and placements are of one transaction; observations are the newest at hand.
 *
 * @param revisions those that deployments and placements name
 */
public record GridSnapshot(
        SortedMap<DeploymentId, DeploymentIntent> deployments,
        SortedMap<RevisionId, RevisionSpec> revisions,
        SortedMap<NodeId, NodeSnapshot> nodes,
        SortedMap<InstanceId, PlacedInstance> placements) {
    public GridSnapshot {
        deployments = Collections.unmodifiableSortedMap(new TreeMap<>(deployments));
        revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        placements = Collections.unmodifiableSortedMap(new TreeMap<>(placements));
    }

    /** In order of instance ids. */
    public List<PlacedInstance> placementsOf(DeploymentId deployment) {
        List<PlacedInstance> found = new ArrayList<>();
        for (PlacedInstance instance : placements.values()) {
            if (instance.placement().revision().deployment().equals(deployment)) {
                found.add(instance);
            }
        }
        return found;
    }

    /** In order of instance ids. */
    public List<PlacedInstance> placementsOn(NodeId node) {
        List<PlacedInstance> found = new ArrayList<>();
        for (PlacedInstance instance : placements.values()) {
            if (instance.placement().node().equals(node)) {
                found.add(instance);
            }
        }
        return found;
    }

    public @Nullable NodeState stateOf(NodeId node) {
        NodeSnapshot found = nodes.get(node);
        return found == null ? null : found.state();
    }

    /** Answers requests, as far as anybody knows: its agent said so and was heard lately. */
    public boolean isReady(PlacedInstance instance) {
        return instance.isObservedAs(InstanceState.RUNNING)
                && stateOf(instance.placement().node()) == NodeState.READY;
    }
}

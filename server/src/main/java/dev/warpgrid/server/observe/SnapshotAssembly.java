package dev.warpgrid.server.observe;

import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Observation;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.Watch;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.store.StoredNode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts rows and facts together into the snapshot that deciders look at. */
public final class SnapshotAssembly {
    private SnapshotAssembly() {}

    public static GridSnapshot assemble(
            ControlPolicy policy, GridRows rows, SortedMap<NodeId, NodeFacts> facts, Watch watch, Instant now) {
        SortedMap<NodeId, NodeSnapshot> nodes = new TreeMap<>();
        for (StoredNode node : rows.nodes()) {
            nodes.put(
                    node.id(),
                    nodeSnapshot(
                            node,
                            facts.get(node.id()),
                            rows.desired().getOrDefault(node.id(), DesiredState.empty()),
                            stateOf(policy, facts.get(node.id()), watch, now)));
        }
        SortedMap<InstanceId, PlacedInstance> placements = new TreeMap<>();
        for (Placement placement : rows.placements()) {
            placements.put(placement.instance(), new PlacedInstance(placement, observation(placement, facts)));
        }
        return new GridSnapshot(rows.deployments(), rows.revisions(), nodes, placements);
    }

    /**
     * A node whose connection just broke may come back at once; until it does, nothing new is placed there. One that said
     * that it ends is not waited for.
     */
    public static NodeState stateOf(ControlPolicy policy, @Nullable NodeFacts facts, Watch watch, Instant now) {
        if (facts != null && facts.ending()) {
            return NodeState.LOST;
        }
        NodeState judged = NodeState.judge(policy, facts == null ? null : facts.lastHeardAt(), watch, now);
        boolean broken = facts != null && !facts.connected();
        return judged == NodeState.READY && broken ? NodeState.SUSPECTED : judged;
    }

    private static NodeSnapshot nodeSnapshot(
            StoredNode node, @Nullable NodeFacts facts, DesiredState desired, NodeState state) {
        NodeDescription description = facts == null ? node.description() : facts.description();
        return new NodeSnapshot(
                node.id(),
                state,
                // The stored figure, which the commit checks against.
                node.memoryBytes(),
                description == null ? List.of() : description.interfaces(),
                NodeSnapshot.servedBy(desired.routes()),
                facts != null && facts.appliedGeneration() == desired.generation());
    }

    private static @Nullable Observation observation(Placement placement, SortedMap<NodeId, NodeFacts> facts) {
        NodeFacts node = facts.get(placement.node());
        InstanceFact fact = node == null ? null : node.instances().get(placement.instance());
        return fact == null ? null : new Observation(fact.state(), fact.reason(), fact.restarts(), fact.at());
    }
}

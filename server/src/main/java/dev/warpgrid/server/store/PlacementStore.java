package dev.warpgrid.server.store;

import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What was decided: placements, and each node's newest desired state. */
public interface PlacementStore {
    /** By instance id. */
    List<Placement> all();

    /** By node id; a node nothing was ever decided for is absent. */
    SortedMap<NodeId, DesiredState> desiredStates();

    Optional<DesiredState> desiredState(NodeId node);

    /**
     * What a plan is checked against, with the deployments and all nodes locked against change until the transaction ends.
     */
    CommitView lockForCommit(SortedSet<DeploymentId> deployments);

    void insert(Placement placement);

    void delete(InstanceId instance);

    /**
     * Writes a newer desired state.
     *
     * @throws IllegalStateException if the stored generation is not smaller
     */
    void save(NodeId node, DesiredState state, Instant at);
}

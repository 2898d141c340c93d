package dev.warpgrid.server.store;

import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.model.DeploymentId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Rollouts of deployments, the last {@value #MAXIMUM_KEPT} of each. */
public interface RolloutStore {
    int MAXIMUM_KEPT = 50;

    /** The newest of each deployment that had one. */
    SortedMap<DeploymentId, StoredRollout> newest();

    Optional<StoredRollout> newest(DeploymentId deployment);

    /** As {@link #newest(DeploymentId)}, and nobody else writes it before this transaction ends. */
    Optional<StoredRollout> lock(DeploymentId deployment);

    /** The newest first. */
    List<StoredRollout> history(DeploymentId deployment, int limit);

    /** Writes what the controller keeps; a number that is new begins a rollout. Commands stay as they are. */
    void save(DeploymentId deployment, RolloutState state);

    /** Writes what people ask of a rollout. */
    void command(DeploymentId deployment, long number, RolloutCommands commands);
}

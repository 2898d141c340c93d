package dev.warpgrid.control.replica;

import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.Watch;
import dev.warpgrid.model.DeploymentId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the controller remembers from one step to the next. Losing it costs nothing but time: the grace for nodes and the
 * pauses after failures begin anew.
 *
 * @param watch since when no step was missing
 */
public record ReplicaState(Watch watch, Instant lastStepAt, SortedMap<DeploymentId, Setback> setbacks) {
    public ReplicaState {
        setbacks = Collections.unmodifiableSortedMap(new TreeMap<>(setbacks));
    }

    public static ReplicaState starting(ControlPolicy policy, Instant now) {
        return new ReplicaState(Watch.starting(policy, now), now, Collections.emptySortedMap());
    }

    /**
     * The state at the beginning of a step. Call it before nodes are judged: where the controller was away (its database,
     * its process, its lease), nobody listened to the nodes either, and their silence proves nothing.
     */
    public ReplicaState stepping(ControlPolicy policy, Instant now) {
        boolean wasAway = now.isAfter(lastStepAt.plus(policy.maximumStepGap())) || now.isBefore(lastStepAt);
        return new ReplicaState(wasAway ? Watch.resuming(policy, watch, now) : watch, now, setbacks);
    }

    ReplicaState withSetbacks(SortedMap<DeploymentId, Setback> next) {
        return new ReplicaState(watch, lastStepAt, next);
    }
}

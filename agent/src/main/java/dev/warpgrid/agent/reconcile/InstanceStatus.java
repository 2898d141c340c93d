package dev.warpgrid.agent.reconcile;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.RevisionId;
import java.time.Duration;
import java.time.Instant;

/**
 * An instance on this node.
 *
 * @param restarts starts after a crash, over the instance's whole life
 * @param crashes in a row, without a stable run between them
 * @param since when it came into this state
 * @param until when this state is to end: the next start while backing off, the last moment while draining; else
 *     {@link Instant#MAX}
 */
public record InstanceStatus(
        InstanceId instance,
        RevisionId revision,
        InstanceState state,
        String reason,
        int restarts,
        int crashes,
        Instant since,
        Instant until) {

    public static InstanceStatus pending(InstanceId instance, RevisionId revision, int restarts, Instant now) {
        return new InstanceStatus(instance, revision, InstanceState.PENDING, "", restarts, 0, now, Instant.MAX);
    }

    /** @throws IllegalStateException if the life cycle has no such step */
    public InstanceStatus become(InstanceState next, String why, Instant now, Instant end) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("Instance " + instance + " cannot go from " + state + " to " + next + ".");
        }
        return new InstanceStatus(instance, revision, next, why, restarts, crashes, now, end);
    }

    /** It crashed: counts, and waits for its next start as the policy says. */
    public InstanceStatus crashed(BackoffPolicy policy, String why, Instant now) {
        int inARow = policy.crashesAfter(
                crashes, state == InstanceState.RUNNING ? Duration.between(since, now) : Duration.ZERO);
        return become(InstanceState.BACKING_OFF, why, now, now.plus(policy.delay(inARow)))
                .counting(restarts, inARow);
    }

    /** The next start after a crash. */
    public InstanceStatus restarting(Instant now) {
        boolean again = state == InstanceState.BACKING_OFF;
        return become(InstanceState.STARTING, "", now, Instant.MAX)
                .counting(again ? Math.addExact(restarts, 1) : restarts, crashes);
    }

    private InstanceStatus counting(int restartCount, int crashCount) {
        return new InstanceStatus(instance, revision, state, reason, restartCount, crashCount, since, until);
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rollout of a deployment: how a revision takes over from the one before.
 *
 * @param number counts the rollouts of the deployment, from 1
 * @param phase one of {@link Phase}
 * @param sentence where it is and what it waits for
 * @param cause why it goes or went back; empty where it does not
 * @param step the present one of {@code steps}, from 0; null where there are none
 * @param target the new revision
 * @param baseline the one that served before; null for a deployment's first
 * @param actions what can be asked of it now
 * @param deadline without progress for so long it goes back by itself
 * @param endedAt null while it is under way
 */
public record RolloutView(
        String namespace,
        String deployment,
        long number,
        String strategy,
        Phase phase,
        String sentence,
        String cause,
        boolean paused,
        @Nullable Integer step,
        List<Step> steps,
        int wantedInstances,
        Side target,
        @Nullable Side baseline,
        List<Gate> gates,
        List<Action> actions,
        String deadline,
        Instant startedAt,
        @Nullable Instant endedAt) {
    public RolloutView {
        steps = List.copyOf(steps);
        gates = List.copyOf(gates);
        actions = List.copyOf(actions);
    }

    /** Where a rollout is. */
    public enum Phase {
        /** New instances replace older ones in batches. */
        ROLLING,
        /** The new revision gets the share of its present step. */
        CANARY,
        /** The new revision starts beside the present one and gets no request. */
        PREPARING,
        /** All requests go to the new revision; the former one is kept. */
        SWITCHED,
        /** All new instances answer; the older ones go. */
        FINISHING,
        /** The new revision goes and the former one gets all requests. */
        ROLLING_BACK,
        /** The new revision is alone. */
        COMPLETED,
        /** The former revision is alone; the new one was given up. */
        ROLLED_BACK,
        /** Another revision was asked for before this one had taken over. */
        SUPERSEDED
    }

    /** What can be asked of a rollout. */
    public enum Action {
        PAUSE,
        RESUME,
        PROMOTE,
        ABORT,
        RETRY
    }

    /**
     * One step of a canary.
     *
     * @param pause null where it waits to be promoted
     */
    public record Step(int weight, @Nullable String pause, StepState state) {}

    /** Whether a step lies behind. */
    public enum StepState {
        PASSED,
        PRESENT,
        TO_COME
    }

    /**
     * One revision's part, with what agents counted since the present step holds.
     *
     * @param weightPercent share of the requests that the routes of all nodes give it
     */
    public record Side(
            int revision,
            int instances,
            int readyInstances,
            double weightPercent,
            long requests,
            double requestsPerSecond,
            double errorPercent,
            double p99Millis) {}

    /** What the new revision has to keep to, and whether it does. */
    public record Gate(String name, String limit, String measured, GateState state) {}

    /** Whether a gate holds. */
    public enum GateState {
        PASSED,
        BROKEN,
        /** There were too few requests to say. */
        UNDECIDED
    }
}

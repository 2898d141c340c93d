package dev.warpgrid.control.snapshot;

import java.time.Duration;

/**
 * The numbers decisions hang on.
 *
 * @param suspectedAfter silence of a node until nothing new is placed on it
 * @param lostAfter silence of a node until its instances are replaced elsewhere
 * @param reconnectGrace how long after the controller started a node may stay unheard before it counts as lost; agents
 *     wait up to 15 s between their attempts to connect
 * @param maximumStepGap a longer pause between two steps means the controller itself was away, and its watch begins anew
 * @param surgeDivisor a rollout starts up to {@code max(1, instances / surgeDivisor)} instances beyond the count
 * @param failureBackoff pause after the first replacement of an instance that cannot run; doubles with each further one
 * @param failureBackoffMaximum the longest such pause
 * @param failureMemory how long without a failure until the pauses begin anew
 * @param hopelessRestarts an outdated instance that crashed so often is given up at once in favour of the new revision
 */
public record ControlPolicy(
        Duration suspectedAfter,
        Duration lostAfter,
        Duration reconnectGrace,
        Duration maximumStepGap,
        int surgeDivisor,
        Duration failureBackoff,
        Duration failureBackoffMaximum,
        Duration failureMemory,
        int hopelessRestarts) {
    public ControlPolicy {
        if (suspectedAfter.isNegative() || lostAfter.compareTo(suspectedAfter) <= 0) {
            throw new IllegalArgumentException("A node is lost later than it is suspected, and these are " + lostAfter
                    + " and " + suspectedAfter + ".");
        }
        if (reconnectGrace.compareTo(lostAfter) < 0) {
            throw new IllegalArgumentException(
                    "The grace for reconnecting is at least the time after which a node is lost (" + lostAfter
                            + "), and this one is " + reconnectGrace + ".");
        }
        if (!maximumStepGap.isPositive() || !failureBackoff.isPositive() || surgeDivisor < 1 || hopelessRestarts < 1) {
            throw new IllegalArgumentException("Gaps, pauses, the surge divisor and the restart count are positive.");
        }
        if (failureBackoffMaximum.compareTo(failureBackoff) < 0) {
            throw new IllegalArgumentException("The longest pause is no shorter than the first.");
        }
    }

    public static ControlPolicy defaults() {
        return new ControlPolicy(
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                4,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                3);
    }

    /** The pause after the {@code attempts}-th replacement, from 1. */
    public Duration backoffAfter(int attempts) {
        long factor = 1L << Math.min(30, Math.max(0, attempts - 1));
        Duration pause = failureBackoff.multipliedBy(factor);
        return pause.compareTo(failureBackoffMaximum) > 0 ? failureBackoffMaximum : pause;
    }
}

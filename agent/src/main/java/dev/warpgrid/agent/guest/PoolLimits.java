package dev.warpgrid.agent.guest;

import java.time.Duration;

/**
 * Bounds of the pools of one node.
 *
 * @param guestThreads platform threads that run guests side by side
 * @param maxGuestThreads with the threads lent while calls take long or block
 * @param queuedCalls requests of one revision that may wait for an instance
 * @param queueDeadline how long one of them may wait
 * @param tick how often limits are looked at while calls run
 */
public record PoolLimits(
        int guestThreads, int maxGuestThreads, int queuedCalls, Duration queueDeadline, Duration tick) {
    public PoolLimits {
        if (guestThreads < 1 || maxGuestThreads < guestThreads) {
            throw new IllegalArgumentException(
                    "A node needs at least one guest thread, and its maximum cannot be lower than that.");
        }
        if (queuedCalls < 0 || queueDeadline.isNegative() || tick.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "A pool needs a queue of 0 or more, a deadline and a tick of 1 ms or more.");
        }
    }

    public static PoolLimits of(int guestThreads) {
        return new PoolLimits(guestThreads, guestThreads + 256, 1024, Duration.ofSeconds(5), Duration.ofMillis(10));
    }
}

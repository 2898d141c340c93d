package dev.warpgrid.agent.reconcile;

import java.time.Duration;

/**
 * When a crashed instance starts again: at once after its first crash, then after {@code base}, doubled with each further
 * crash and capped.
 *
 * @param base the wait after the second crash in a row
 * @param cap the longest wait
 * @param stableAfter how long an instance has to run before its earlier crashes are forgotten
 */
public record BackoffPolicy(Duration base, Duration cap, Duration stableAfter) {
    private static final BackoffPolicy DEFAULTS =
            new BackoffPolicy(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(60));

    public BackoffPolicy {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0 || stableAfter.isNegative()) {
            throw new IllegalArgumentException("A backoff needs 0 < base <= cap and a stable time of 0 or more.");
        }
    }

    public static BackoffPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Crashes in a row after one more.
     *
     * @param crashes in a row so far
     * @param ranFor how long the instance ran before this crash
     */
    public int crashesAfter(int crashes, Duration ranFor) {
        return ranFor.compareTo(stableAfter) >= 0 ? 1 : Math.min(crashes, Integer.MAX_VALUE - 1) + 1;
    }

    /** @param crashes in a row, from 1 */
    public Duration delay(int crashes) {
        if (crashes <= 1) {
            return Duration.ZERO;
        }
        int doublings = crashes - 2;
        if (doublings >= Long.numberOfLeadingZeros(base.toMillis()) - 1) {
            return cap;
        }
        Duration wait = Duration.ofMillis(base.toMillis() << doublings);
        return wait.compareTo(cap) > 0 ? cap : wait;
    }
}

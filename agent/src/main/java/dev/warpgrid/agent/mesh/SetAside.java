package dev.warpgrid.agent.mesh;

import java.time.Duration;

/** Keeps requests away from something that failed, for a time that grows with each failure after it. Thread-safe. */
final class SetAside {
    static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_DOUBLINGS = 4;

    private volatile boolean aside;
    private volatile long untilNanos;
    private int failures;

    /**
     * Failures of requests that were under way together count once.
     *
     * @return whether this one counts
     */
    synchronized boolean failed(long nowNanos) {
        if (isAside(nowNanos)) {
            return false;
        }
        untilNanos = nowNanos + Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures, MOST_DOUBLINGS));
        aside = true;
        failures++;
        return true;
    }

    void succeeded() {
        if (aside) {
            clear();
        }
    }

    synchronized void clear() {
        failures = 0;
        aside = false;
    }

    boolean isAside(long nowNanos) {
        return aside && untilNanos - nowNanos > 0;
    }
}

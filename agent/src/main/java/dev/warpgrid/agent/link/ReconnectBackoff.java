package dev.warpgrid.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts to connect: doubled up to a cap, and drawn from the upper half so that nodes do not come at once. */
final class ReconnectBackoff {
    private static final long FIRST_MILLIS = 250;
    private static final long CAP_MILLIS = 15_000;

    private final RandomGenerator random;
    private int failures;

    ReconnectBackoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long full = Math.min(CAP_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}

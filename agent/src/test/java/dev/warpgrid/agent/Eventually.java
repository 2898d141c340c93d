package dev.warpgrid.agent;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline. */
public final class Eventually {
    private static final long LIMIT_NANOS = 20_000_000_000L;
    private static final long STEP_NANOS = 2_000_000L;

    private Eventually() {}

    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The condition did not come true within its deadline.");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}

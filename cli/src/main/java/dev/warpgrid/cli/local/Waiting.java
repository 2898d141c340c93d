package dev.warpgrid.cli.local;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something another process does and tells nobody. */
public final class Waiting {
    private static final long STEP_MILLIS = 50;

    private Waiting() {}

    /** @return whether the condition became true in time */
    public static boolean until(long timeoutMillis, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(STEP_MILLIS);
        }
        return true;
    }
}

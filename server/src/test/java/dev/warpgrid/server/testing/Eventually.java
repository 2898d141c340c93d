package dev.warpgrid.server.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits on a condition with a deadline. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private Eventually() {}

    /** A check that throws until it holds. */
    @FunctionalInterface
    public interface Check {
        void run() throws Exception;
    }

    /** Repeats the check until it passes; after the deadline its last failure is the test's. */
    public static void eventually(Check check) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not within " + DEADLINE + ": " + e.getMessage(), e);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }
}

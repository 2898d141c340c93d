package dev.warpgrid.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition with a deadline, and says at the deadline what was seen last. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** @param probe answers what it saw; a throw counts as not yet */
    static <T> T until(String what, Duration deadline, Callable<T> probe, java.util.function.Predicate<T> good) {
        long end = System.nanoTime() + deadline.toNanos();
        Object last = "nothing";
        while (true) {
            try {
                T seen = probe.call();
                if (good.test(seen)) {
                    return seen;
                }
                last = describe(seen);
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + deadline.toSeconds() + " s for " + what + "; last seen: " + last);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static Object describe(@Nullable Object seen) {
        return seen == null ? "null" : seen;
    }
}

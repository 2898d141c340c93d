package dev.warpgrid.wasi;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Something that a guest's thread can wait for. */
@FunctionalInterface
public interface Waiting {
    /**
     * Waits until the thing may have happened or the time is over; may return early.
     *
     * @param nanos at least 1
     */
    void await(long nanos) throws InterruptedException;

    /**
     * Asks to be called, from any thread, whenever the thing may have happened; null ends it. With it a guest waits for
     * several things at once.
     *
     * @return false when the source cannot do that, so that it has to be asked again and again
     */
    default boolean wake(@Nullable Runnable waker) {
        return false;
    }

    /** Waits on a monitor, which is notified of each change, until something is so or the time is over. */
    static void on(Object monitor, BooleanSupplier done, long nanos) throws InterruptedException {
        long begun = System.nanoTime();
        synchronized (monitor) {
            long left = nanos;
            while (left > 0 && !done.getAsBoolean()) {
                monitor.wait(left / 1_000_000, (int) (left % 1_000_000));
                left = nanos - (System.nanoTime() - begun);
            }
        }
    }
}

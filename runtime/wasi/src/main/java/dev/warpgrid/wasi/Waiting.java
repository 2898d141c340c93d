package dev.warpgrid.wasi;

/** Something that a guest's thread can wait for. */
@FunctionalInterface
public interface Waiting {
    /**
     * Waits until the thing may have happened or the time is over; may return early.
     *
     * @param nanos at least 1
     */
    void await(long nanos) throws InterruptedException;
}

package dev.warpgrid.wasi;

/** Takes what a guest writes to a standard stream. Called by the guest's thread only. */
public interface ByteSink extends Waiting {
    /** Bytes that {@link #write} takes now; 0 when it has to be waited, -1 when nobody reads any more. */
    int writable();

    /** Takes bytes within {@link #writable()}; they are the sink's from now on. */
    void write(byte[] bytes);

    /** What was written is to go out without waiting for more. */
    void flush();

    /** Waits until something can be written, or the time is over. */
    @Override
    void await(long nanos) throws InterruptedException;
}

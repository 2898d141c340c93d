package dev.warpgrid.wasi.http;

import org.jspecify.annotations.Nullable;

/**
 * Takes a guest's response: {@code head}, then any number of {@code write}, then {@code end} or {@code abort}. Called by
 * the guest's thread only. A guest that fails before its head leaves the sink untouched.
 */
public interface HttpResponseSink {
    /**
     * The status, 200 to 999, and the frozen header fields; exactly once and first. A content-length among them is one
     * number that the body is held to; only the answer to HEAD and a status 304 have one and no body.
     */
    void head(int status, HttpFields headers);

    /** Bytes that {@link #write} takes now; 0 when the client has to catch up first. */
    int writable();

    /** Takes bytes within {@link #writable()}; they are the sink's from now on. */
    void write(byte[] bytes);

    /** What was written is to go out without waiting for more. */
    void flush();

    /**
     * Waits until something can be written or the client is gone.
     *
     * @return whether that is so; false when the time is over first
     */
    boolean awaitWritable(long nanos) throws InterruptedException;

    /**
     * Asks to be called, from any thread, whenever {@link #writable} or {@link #closed} may answer otherwise; replaces
     * the one asked before, and null ends it. A guest that polls body and response together is then woken at once.
     *
     * @return false when the implementation cannot do that; such a guest looks every millisecond
     */
    default boolean wake(@Nullable Runnable waker) {
        return false;
    }

    /** The body is complete. */
    void end(HttpFields trailers);

    /** The body stays incomplete; the client has to see that, so the connection or stream is cut. */
    void abort(String reason);

    /** Whether the client is gone, so that writing is in vain. */
    boolean closed();
}

package dev.warpgrid.wasi.http;

import org.jspecify.annotations.Nullable;

/** Where the bytes of an outgoing body go. Called by the guest's thread. */
interface BodyTarget {
    /** Bytes that can be written now; 0 when it has to be waited, -1 when writing is in vain. */
    int credit();

    void write(byte[] bytes);

    void flush();

    void awaitWritable(long nanos) throws InterruptedException;

    boolean wake(@Nullable Runnable waker);

    void end(HttpFields trailers);

    void abort(String reason);

    /** Whether the message may declare a length and have no body. */
    boolean bodiless();
}

package dev.warpgrid.wasi.http;

import org.jspecify.annotations.Nullable;

/** At its end from the start. */
enum EmptyBody implements RequestBody {
    INSTANCE;

    private static final byte[] NO_BYTES = {};

    @Override
    public int available() {
        return -1;
    }

    @Override
    public byte[] read(int maxBytes) {
        return NO_BYTES;
    }

    @Override
    public boolean awaitReadable(long nanos) {
        return true;
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }

    @Override
    public HttpFields trailers() {
        return HttpFields.none();
    }

    @Override
    public void cancel() {}
}

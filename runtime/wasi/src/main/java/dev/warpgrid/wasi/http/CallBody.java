package dev.warpgrid.wasi.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for the time of its call. A guest may keep a handle over the end of the call; the server's body
 * is not touched by it any more.
 */
final class CallBody implements RequestBody {
    private static final byte[] NO_BYTES = {};

    private final RequestBody body;
    private boolean over;
    private boolean cancelled;

    CallBody(RequestBody body) {
        this.body = body;
    }

    @Override
    public int available() {
        return over ? -1 : body.available();
    }

    @Override
    public byte[] read(int maxBytes) {
        return over ? NO_BYTES : body.read(maxBytes);
    }

    @Override
    public boolean awaitReadable(long nanos) throws InterruptedException {
        return over || body.awaitReadable(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return over || body.wake(waker);
    }

    @Override
    public HttpFields trailers() {
        return over ? HttpFields.none() : body.trailers();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            body.cancel();
        }
    }

    @Override
    public Optional<String> failure() {
        return over ? Optional.empty() : body.failure();
    }

    void callEnded() {
        over = true;
        cancel();
    }
}

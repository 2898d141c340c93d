package dev.warpgrid.wasi.http;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestInput;
import dev.warpgrid.wasi.p2.io.IoError;
import org.jspecify.annotations.Nullable;

/** The stream of an incoming body. */
final class BodyInput extends GuestInput {
    private final RequestBody body;
    private boolean failureTold;

    BodyInput(InstanceState state, IncomingBody parent, RequestBody body) {
        super(state, parent);
        this.body = body;
    }

    @Override
    protected int available() {
        return body.available();
    }

    @Override
    protected byte[] take(int most) {
        return body.read(most);
    }

    // Told once; after that the stream is just closed.
    @Override
    protected @Nullable IoError failure() {
        if (failureTold) {
            return null;
        }
        failureTold = true;
        return body.failureCode()
                .map(code -> new IoError(body.failure().orElse("The body ended early."), code))
                .orElse(null);
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        body.awaitReadable(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return body.wake(waker);
    }
}

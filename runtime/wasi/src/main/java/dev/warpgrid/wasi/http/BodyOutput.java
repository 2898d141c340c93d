package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestOutput;
import dev.warpgrid.wasi.p2.io.IoError;
import org.jspecify.annotations.Nullable;

/** The stream of an outgoing body. */
final class BodyOutput extends GuestOutput {
    private final InstanceState state;
    private final OutgoingBody body;
    private @Nullable IoError refused;

    BodyOutput(InstanceState state, OutgoingBody body) {
        super(state, body);
        this.state = state;
        this.body = body;
    }

    @Override
    protected int credit() {
        return body.credit(state);
    }

    @Override
    protected void accept(byte[] bytes) {
        body.accept(bytes).ifPresent(this::refuse);
    }

    private void refuse(Variant code) {
        refused = new IoError("The body is longer than its content-length says.", code);
    }

    @Override
    protected @Nullable IoError failure() {
        IoError told = refused;
        refused = null;
        return told;
    }

    @Override
    protected void refuseVainWait() {
        if (!body.attached()) {
            throw new GuestFaultException("The guest waits to write more than "
                    + state.config().limits().earlyResponseBytes()
                    + " bytes of a body before it sets its response; nobody can take them until it calls"
                    + " response-outparam.set.");
        }
    }

    @Override
    protected void flush() {
        body.flush();
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        body.await(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return body.wake(waker);
    }
}

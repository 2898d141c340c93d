package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.ByteSink;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestOutput;
import org.jspecify.annotations.Nullable;

/** Standard output or error to what the configuration names. */
final class SinkOutput extends GuestOutput {
    private final ByteSink sink;

    SinkOutput(InstanceState state, ByteSink sink) {
        super(state, null);
        this.sink = sink;
    }

    @Override
    protected int credit() {
        return sink.writable();
    }

    @Override
    protected void accept(byte[] bytes) {
        sink.write(bytes);
    }

    @Override
    protected void flush() {
        sink.flush();
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        sink.await(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return sink.wake(waker);
    }
}

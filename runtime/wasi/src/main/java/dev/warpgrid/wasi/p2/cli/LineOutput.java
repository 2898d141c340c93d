package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.LogStream;
import dev.warpgrid.wasi.p2.io.GuestOutput;
import org.jspecify.annotations.Nullable;

/** Standard output or error: lines for the log. Never waits; a flood is the log sink's to drop. */
final class LineOutput extends GuestOutput {
    private final InstanceState state;
    private final LogStream stream;

    LineOutput(InstanceState state, LogStream stream) {
        super(state, null);
        this.state = state;
        this.stream = stream;
    }

    @Override
    protected int credit() {
        return state.config().limits().streamChunkBytes();
    }

    @Override
    protected void accept(byte[] bytes) {
        state.log(stream, bytes);
    }

    @Override
    public void await(long nanos) {}

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }
}

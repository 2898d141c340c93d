package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.ByteSource;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestInput;
import org.jspecify.annotations.Nullable;

/** Standard input from what the configuration names. */
final class SourceInput extends GuestInput {
    private final ByteSource source;

    SourceInput(InstanceState state, ByteSource source) {
        super(state, null);
        this.source = source;
    }

    @Override
    protected int available() {
        return source.available();
    }

    @Override
    protected byte[] take(int most) {
        return source.read(most);
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        source.await(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return source.wake(waker);
    }
}

package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestInput;
import org.jspecify.annotations.Nullable;

/** Standard input of an instance that has none: at its end from the first read on. */
final class ClosedInput extends GuestInput {
    ClosedInput(InstanceState state) {
        super(state, null);
    }

    @Override
    protected int available() {
        return -1;
    }

    @Override
    protected byte[] take(int most) {
        return new byte[0];
    }

    @Override
    public void await(long nanos) {}

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }
}

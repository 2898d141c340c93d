package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:io/streams.input-stream}: bytes that a guest reads. */
public abstract class GuestInput extends WasiResource implements Waiting {
    private static final byte[] NO_BYTES = {};
    private static final Variant NOTHING_NOW = Variant.ok(NO_BYTES);

    protected GuestInput(InstanceState state, @Nullable WasiResource parent) {
        super(parent);
        state.streamOpened();
    }

    /** Bytes that {@link #take} gives at once; 0 when none now, -1 at the end. */
    protected abstract int available();

    /** Takes bytes, at most as many as are available. */
    protected abstract byte[] take(int most);

    /** Why the stream ended before its end; null when it did not. */
    protected @Nullable IoError failure() {
        return null;
    }

    /** More can be read, or the end is reached. */
    final boolean ready() {
        return available() != 0;
    }

    final Variant read(InstanceState state, long most) {
        int available = available();
        if (available < 0) {
            return ended();
        }
        int count = (int) Math.min(lengthOf(most, state.config().limits().streamChunkBytes()), available);
        if (count == 0) {
            return NOTHING_NOW;
        }
        byte[] taken = take(count);
        return taken.length == 0 && available() < 0 ? ended() : Variant.ok(taken);
    }

    final Variant skip(InstanceState state, long most) {
        int available = available();
        if (available < 0) {
            return ended();
        }
        int count = (int) Math.min(lengthOf(most, state.config().limits().streamChunkBytes()), available);
        return Variant.ok((long) (count == 0 ? 0 : take(count).length));
    }

    /** Waits until there is something to read or the end is there; a read of no bytes waits for nothing. */
    final void awaitFor(InstanceState state, long most) {
        while (most != 0 && !ready()) {
            state.await(this, Pollable.NO_TIME_SET);
        }
    }

    final Variant ended() {
        IoError failure = failure();
        return failure == null ? StreamError.closed() : StreamError.failed(failure);
    }

    /** An unsigned length of the guest, no larger than a bound. */
    static long lengthOf(long unsigned, long bound) {
        return unsigned < 0 ? bound : Math.min(unsigned, bound);
    }

    @Override
    protected final String wasiName() {
        return "input-stream";
    }

    @Override
    protected void dropped(InstanceState state) {
        state.streamClosed();
    }
}

package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:io/poll.pollable}: tells whether something is ready, and can be waited for. */
public abstract class Pollable extends WasiResource implements Waiting {
    /** What {@link #nanosLeft} answers where no time has been set. */
    public static final long NO_TIME_SET = Long.MAX_VALUE;

    protected Pollable(InstanceState state, @Nullable WasiResource parent) {
        super(parent);
        state.pollableOpened();
    }

    public abstract boolean ready();

    /** For one that becomes ready with time alone: how long until then. */
    public long nanosLeft() {
        return NO_TIME_SET;
    }

    /** Whether it becomes ready through time alone, so that there is no source to wait on. */
    public boolean timed() {
        return false;
    }

    @Override
    protected final String wasiName() {
        return "pollable";
    }

    @Override
    protected final void dropped(InstanceState state) {
        state.pollableClosed();
    }
}

package dev.warpgrid.wasi.p2.clocks;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.Pollable;
import java.util.function.LongSupplier;

/** Ready from an instant of the monotonic clock on. */
final class TimerPollable extends Pollable {
    private final LongSupplier clock;
    private final long instant;

    /** For an instant; an unsigned one past the range of long never comes. */
    TimerPollable(InstanceState state, long instant) {
        super(state, null);
        this.clock = state.config().clocks().monotonicNanos();
        this.instant = instant < 0 ? Long.MAX_VALUE : instant;
    }

    /** For a duration from now. */
    static TimerPollable after(InstanceState state, long duration) {
        long now = state.config().clocks().monotonicNanos().getAsLong();
        boolean never = duration < 0 || now + duration < 0;
        return new TimerPollable(state, never ? Long.MAX_VALUE : now + duration);
    }

    @Override
    public boolean ready() {
        return clock.getAsLong() >= instant;
    }

    @Override
    public long nanosLeft() {
        return instant - clock.getAsLong();
    }

    @Override
    public boolean timed() {
        return true;
    }

    @Override
    public void await(long nanos) {
        throw new IllegalStateException("A timer has no source to wait on.");
    }
}

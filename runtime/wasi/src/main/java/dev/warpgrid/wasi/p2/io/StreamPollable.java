package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ready when the thing it was subscribed on is; a child of that thing. */
public final class StreamPollable extends Pollable {
    private final BooleanSupplier readiness;
    private final Waiting source;

    /** Subscribes on a resource. */
    public StreamPollable(InstanceState state, WasiResource parent, BooleanSupplier readiness, Waiting source) {
        super(state, parent);
        this.readiness = readiness;
        this.source = source;
    }

    @Override
    public boolean ready() {
        return readiness.getAsBoolean();
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

package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.Waiting;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a channel.
 *
 * @param operations what for, as in {@link java.nio.channels.SelectionKey}; asked for each wait
 */
record ChannelWaiting(SelectableChannel channel, IntSupplier operations) implements Waiting {
    @Override
    public void await(long nanos) {
        Thread guest = Thread.currentThread();
        wake(() -> LockSupport.unpark(guest));
        LockSupport.parkNanos(this, nanos);
        wake(null);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        if (waker == null) {
            Reactor.shared().forget(channel);
        } else {
            Reactor.shared().watch(channel, operations.getAsInt(), waker);
        }
        return true;
    }
}

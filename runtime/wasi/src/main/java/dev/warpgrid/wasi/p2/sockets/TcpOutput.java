package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestOutput;
import dev.warpgrid.wasi.p2.io.IoError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a guest sends to a peer. Holds what the machine does not take at once, which is one write at most. */
final class TcpOutput extends GuestOutput {
    private static final int CREDIT_BYTES = 64 << 10;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TcpConnection connection;
    private final ChannelWaiting waiting;
    private @Nullable ByteBuffer pending;
    private boolean broken;
    private @Nullable IoError failure;

    TcpOutput(InstanceState state, TcpConnection connection) {
        super(state, null);
        this.connection = connection.share();
        this.waiting = new ChannelWaiting(connection.channel(), () -> SelectionKey.OP_WRITE);
    }

    @Override
    protected int credit() {
        drain();
        return broken ? -1 : pending == null ? CREDIT_BYTES : 0;
    }

    @Override
    protected void accept(byte[] bytes) {
        pending = ByteBuffer.wrap(bytes);
        drain();
    }

    private void drain() {
        ByteBuffer left = pending;
        if (left == null) {
            return;
        }
        try {
            connection.channel().write(left);
            pending = left.hasRemaining() ? left : null;
        } catch (IOException e) {
            broken = true;
            pending = null;
            failure = new IoError("The connection broke: " + e.getMessage(), SocketError.of(e));
        }
    }

    @Override
    protected @Nullable IoError failure() {
        IoError told = failure;
        failure = null;
        return told;
    }

    @Override
    public void await(long nanos) {
        waiting.await(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return waiting.wake(waker);
    }

    @Override
    protected void dropped(InstanceState state) {
        super.dropped(state);
        long deadline = System.nanoTime() + LINGER_NANOS;
        drain();
        while (pending != null && !state.closing() && System.nanoTime() < deadline) {
            state.await(this, deadline - System.nanoTime());
            drain();
        }
        connection.release();
    }
}

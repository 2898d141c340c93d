package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p2.io.GuestInput;
import dev.warpgrid.wasi.p2.io.IoError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** What a peer sends. */
final class TcpInput extends GuestInput {
    private static final int WINDOW_BYTES = 16 << 10;

    private final TcpConnection connection;
    private final ChannelWaiting waiting;
    private @Nullable ByteBuffer window;
    private boolean ended;
    private @Nullable IoError failure;

    TcpInput(InstanceState state, TcpConnection connection) {
        super(state, null);
        this.connection = connection.share();
        this.waiting = new ChannelWaiting(connection.channel(), () -> SelectionKey.OP_READ);
    }

    @Override
    protected int available() {
        ByteBuffer known = window;
        if (known == null) {
            known = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
            window = known;
        }
        if (!known.hasRemaining() && !ended) {
            fill(known);
        }
        return known.hasRemaining() ? known.remaining() : ended ? -1 : 0;
    }

    private void fill(ByteBuffer target) {
        try {
            ended = connection.channel().read(target.clear()) < 0;
        } catch (IOException e) {
            ended = true;
            failure = new IoError("The connection broke: " + e.getMessage(), SocketError.of(e));
        }
        target.flip();
    }

    @Override
    protected byte[] take(int most) {
        ByteBuffer known = window;
        byte[] taken = new byte[known == null ? 0 : Math.min(most, known.remaining())];
        if (known != null) {
            known.get(taken);
        }
        return taken;
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
        connection.release();
    }
}

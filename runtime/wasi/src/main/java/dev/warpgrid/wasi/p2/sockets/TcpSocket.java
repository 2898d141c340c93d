package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.io.Pollable;
import dev.warpgrid.wasi.p2.io.StreamPollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** {@code wasi:sockets/tcp.tcp-socket}. Errors are thrown as {@link IOException}. */
final class TcpSocket extends WasiResource {
    private static final int DEFAULT_BACKLOG = 128;
    private static final int LARGEST_BACKLOG = 4096;

    private enum Stage {
        UNBOUND,
        BIND_STARTED,
        BOUND,
        LISTEN_STARTED,
        LISTENING,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final InstanceState state;
    private final StandardProtocolFamily family;
    private final SocketOptions options = new SocketOptions();
    private Stage stage = Stage.UNBOUND;
    private int backlog = DEFAULT_BACKLOG;
    private @Nullable SocketChannel channel;
    private @Nullable ServerSocketChannel listener;
    private @Nullable TcpConnection connection;

    TcpSocket(InstanceState state, StandardProtocolFamily family) {
        super(null);
        this.state = state;
        this.family = family;
        state.socketOpened();
    }

    private static TcpSocket accepted(InstanceState state, StandardProtocolFamily family, SocketChannel channel)
            throws IOException {
        TcpSocket socket;
        try {
            socket = new TcpSocket(state, family);
        } catch (RuntimeException e) {
            TcpConnection.close(channel);
            throw e;
        }
        channel.configureBlocking(false);
        socket.channel = channel;
        socket.connection = new TcpConnection(channel).share();
        socket.stage = Stage.CONNECTED;
        return socket;
    }

    StandardProtocolFamily family() {
        return family;
    }

    SocketOptions options() {
        return options;
    }

    /** Sets options again where there is a channel already. */
    void optionsChanged() throws IOException {
        if (listener != null) {
            options.apply(listener);
        } else if (channel != null) {
            options.apply(channel);
        }
    }

    private void require(Stage wanted, SocketError otherwise) throws IOException {
        if (stage != wanted) {
            throw otherwise.asException();
        }
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = channel;
        if (opened == null) {
            opened = SocketChannel.open(family);
            opened.configureBlocking(false);
            options.apply(opened);
            channel = opened;
        }
        return opened;
    }

    void startBind(Object address) throws IOException {
        InetSocketAddress local = Addresses.read(address, family);
        require(Stage.UNBOUND, SocketError.INVALID_STATE);
        if (local.getAddress().isMulticastAddress()) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        if (!state.config().sockets().listen().allows(local.getAddress(), local.getPort())) {
            throw SocketError.ACCESS_DENIED.asException();
        }
        open().setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(local);
        stage = Stage.BIND_STARTED;
    }

    void finishBind() throws IOException {
        require(Stage.BIND_STARTED, SocketError.NOT_IN_PROGRESS);
        stage = Stage.BOUND;
    }

    void startConnect(Object address) throws IOException {
        InetSocketAddress remote = Addresses.read(address, family);
        if (stage != Stage.UNBOUND && stage != Stage.BOUND) {
            throw SocketError.INVALID_STATE.asException();
        }
        if (remote.getPort() == 0
                || remote.getAddress().isAnyLocalAddress()
                || remote.getAddress().isMulticastAddress()) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        if (!state.mayReach(remote.getAddress(), remote.getPort())) {
            throw SocketError.ACCESS_DENIED.asException();
        }
        try {
            open().connect(remote);
            stage = Stage.CONNECTING;
        } catch (IOException e) {
            fail();
            throw e;
        }
    }

    private void fail() {
        stage = Stage.CLOSED;
        if (channel != null) {
            TcpConnection.close(channel);
        }
    }

    /** {@code tuple<input-stream, output-stream>}. */
    Object[] finishConnect() throws IOException {
        require(Stage.CONNECTING, SocketError.NOT_IN_PROGRESS);
        SocketChannel connecting = open();
        try {
            if (!connecting.finishConnect()) {
                throw SocketError.WOULD_BLOCK.asException();
            }
        } catch (IOException e) {
            if (SocketError.of(e) != SocketError.WOULD_BLOCK) {
                fail();
            }
            throw e;
        }
        stage = Stage.CONNECTED;
        TcpConnection made = new TcpConnection(connecting).share();
        connection = made;
        return made.streams(state);
    }

    void startListen() throws IOException {
        require(Stage.BOUND, SocketError.INVALID_STATE);
        SocketChannel bound = open();
        SocketAddress local = bound.getLocalAddress();
        // Java has one class of channel that connects and another that listens; the address goes from one to the other.
        bound.close();
        ServerSocketChannel listening = ServerSocketChannel.open(family);
        boolean done = false;
        try {
            listening.configureBlocking(false);
            options.apply(listening);
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(local, backlog);
            done = true;
        } finally {
            if (!done) {
                stage = Stage.CLOSED;
                TcpConnection.close(listening);
            }
        }
        listener = listening;
        stage = Stage.LISTEN_STARTED;
    }

    void finishListen() throws IOException {
        require(Stage.LISTEN_STARTED, SocketError.NOT_IN_PROGRESS);
        stage = Stage.LISTENING;
    }

    /** {@code tuple<tcp-socket, input-stream, output-stream>}. */
    Object[] accept() throws IOException {
        ServerSocketChannel listening = listener;
        if (stage != Stage.LISTENING || listening == null) {
            throw SocketError.INVALID_STATE.asException();
        }
        SocketChannel accepted = listening.accept();
        if (accepted == null) {
            throw SocketError.WOULD_BLOCK.asException();
        }
        TcpSocket socket = accepted(state, family, accepted);
        Object[] streams = java.util.Objects.requireNonNull(socket.connection).streams(state);
        return new Object[] {socket, streams[0], streams[1]};
    }

    void backlog(Object size) throws IOException {
        long wanted = (Long) size;
        if (wanted == 0) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        if (stage != Stage.UNBOUND && stage != Stage.BIND_STARTED && stage != Stage.BOUND) {
            throw (stage == Stage.CONNECTED ? SocketError.INVALID_STATE : SocketError.NOT_SUPPORTED).asException();
        }
        backlog = (int) (wanted < 0 ? LARGEST_BACKLOG : Math.min(wanted, LARGEST_BACKLOG));
    }

    boolean listening() {
        return stage == Stage.LISTENING;
    }

    Variant localAddress() throws IOException {
        if (stage == Stage.UNBOUND || stage == Stage.BIND_STARTED || stage == Stage.CLOSED) {
            throw SocketError.INVALID_STATE.asException();
        }
        ServerSocketChannel listening = listener;
        return Addresses.toVariant(listening == null ? open().getLocalAddress() : listening.getLocalAddress());
    }

    Variant remoteAddress() throws IOException {
        require(Stage.CONNECTED, SocketError.INVALID_STATE);
        return Addresses.toVariant(open().getRemoteAddress());
    }

    void shutdown(Object how) throws IOException {
        require(Stage.CONNECTED, SocketError.INVALID_STATE);
        int which = ((Variant) how).index();
        if (which != 1) {
            open().shutdownInput();
        }
        if (which != 0) {
            open().shutdownOutput();
        }
    }

    /** Ready when what was started can be finished, or a peer can be accepted. */
    Pollable subscribe() {
        SelectableChannel watched = listener != null ? listener : channel;
        int operation = stage == Stage.CONNECTING ? SelectionKey.OP_CONNECT : SelectionKey.OP_ACCEPT;
        if (watched == null || (stage != Stage.CONNECTING && stage != Stage.LISTENING)) {
            return new StreamPollable(state, this, () -> true, nanos -> {});
        }
        return new StreamPollable(
                state, this, new Readiness(watched, operation), new ChannelWaiting(watched, () -> operation));
    }

    @Override
    protected String wasiName() {
        return "tcp-socket";
    }

    @Override
    protected void dropped(InstanceState state) {
        state.socketClosed();
        if (connection != null) {
            connection.release();
        } else if (channel != null) {
            TcpConnection.close(channel);
        }
        if (listener != null) {
            TcpConnection.close(listener);
        }
    }
}

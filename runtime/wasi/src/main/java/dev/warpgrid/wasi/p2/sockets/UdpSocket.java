package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** {@code wasi:sockets/udp.udp-socket}. Errors are thrown as {@link IOException}. */
final class UdpSocket extends WasiResource {
    private final InstanceState state;
    private final StandardProtocolFamily family;
    private final SocketOptions options = new SocketOptions();
    private @Nullable DatagramChannel channel;
    private boolean bindStarted;
    private boolean bound;
    private int users = 1;

    UdpSocket(InstanceState state, StandardProtocolFamily family) {
        super(null);
        this.state = state;
        this.family = family;
        state.socketOpened();
    }

    StandardProtocolFamily family() {
        return family;
    }

    SocketOptions options() {
        return options;
    }

    void optionsChanged() throws IOException {
        if (channel != null) {
            options.apply(channel);
        }
    }

    DatagramChannel channel() throws IOException {
        DatagramChannel opened = channel;
        if (opened == null) {
            opened = DatagramChannel.open(family);
            opened.configureBlocking(false);
            options.apply(opened);
            channel = opened;
        }
        return opened;
    }

    void startBind(Object address) throws IOException {
        InetSocketAddress local = Addresses.read(address, family);
        if (bindStarted || bound) {
            throw SocketError.INVALID_STATE.asException();
        }
        // Any free port is what a socket that only sends has too; whom it hears is checked for each datagram.
        boolean anywhere = local.getPort() == 0 && local.getAddress().isAnyLocalAddress();
        boolean allowed = state.config().sockets().listen().allows(local.getAddress(), local.getPort());
        if (!allowed && !(anywhere && !state.config().sockets().connect().allowsNothing())) {
            throw SocketError.ACCESS_DENIED.asException();
        }
        channel().bind(local);
        bindStarted = true;
    }

    void finishBind() throws IOException {
        if (!bindStarted) {
            throw SocketError.NOT_IN_PROGRESS.asException();
        }
        bindStarted = false;
        bound = true;
    }

    /** {@code tuple<incoming-datagram-stream, outgoing-datagram-stream>}, with one peer or with any. */
    Object[] stream(Variant peer) throws IOException {
        if (!bound) {
            throw SocketError.INVALID_STATE.asException();
        }
        DatagramChannel open = channel();
        if (open.isConnected()) {
            open.disconnect();
        }
        if (peer.isSome()) {
            InetSocketAddress remote = Addresses.read(peer.payload(), family);
            requireReachable(remote);
            open.connect(remote);
        }
        users += 2;
        return new Object[] {new DatagramStream.Incoming(state, this), new DatagramStream.Outgoing(state, this)};
    }

    void requireReachable(InetSocketAddress remote) throws IOException {
        if (remote.getPort() == 0 || remote.getAddress().isAnyLocalAddress()) {
            throw SocketError.INVALID_ARGUMENT.asException();
        }
        if (!reachable(remote)) {
            throw SocketError.ACCESS_DENIED.asException();
        }
    }

    boolean reachable(InetSocketAddress remote) {
        return state.mayReach(remote.getAddress(), remote.getPort());
    }

    /** Whether a datagram of a peer is for the guest: a socket that may listen hears anyone. */
    boolean hears(InetSocketAddress remote) throws IOException {
        InetSocketAddress local = (InetSocketAddress) channel().getLocalAddress();
        return state.config().sockets().listen().allows(local.getAddress(), local.getPort()) || reachable(remote);
    }

    Variant localAddress() throws IOException {
        if (!bound) {
            throw SocketError.INVALID_STATE.asException();
        }
        return Addresses.toVariant(channel().getLocalAddress());
    }

    Variant remoteAddress() throws IOException {
        return Addresses.toVariant(channel().getRemoteAddress());
    }

    void release() {
        if (--users == 0 && channel != null) {
            TcpConnection.close(channel);
        }
    }

    @Override
    protected String wasiName() {
        return "udp-socket";
    }

    @Override
    protected void dropped(InstanceState state) {
        state.socketClosed();
        release();
    }
}

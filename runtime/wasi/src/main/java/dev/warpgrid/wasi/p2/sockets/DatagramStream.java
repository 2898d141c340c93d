package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.io.StreamPollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** The two datagram streams of a socket. */
abstract sealed class DatagramStream extends WasiResource {
    private static final int LARGEST_BYTES = 64 << 10;
    private static final int MOST_AT_ONCE = 32;

    private final InstanceState state;
    private final UdpSocket socket;

    private DatagramStream(InstanceState state, UdpSocket socket) {
        super(null);
        this.state = state;
        this.socket = socket;
        state.streamOpened();
    }

    final InstanceState state() {
        return state;
    }

    final UdpSocket socket() {
        return socket;
    }

    abstract int operation();

    StreamPollable subscribe() throws IOException {
        DatagramChannel channel = socket.channel();
        return new StreamPollable(
                state, this, new Readiness(channel, operation()), new ChannelWaiting(channel, this::operation));
    }

    @Override
    protected void dropped(InstanceState state) {
        state.streamClosed();
        socket.release();
    }

    /** {@code incoming-datagram-stream}. */
    static final class Incoming extends DatagramStream {
        private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_BYTES);

        Incoming(InstanceState state, UdpSocket socket) {
            super(state, socket);
        }

        /** {@code list<incoming-datagram>}: what is there, never waiting. */
        List<Object> receive(Object most) throws IOException {
            long wanted = (Long) most;
            int count = (int) (wanted < 0 ? MOST_AT_ONCE : Math.min(wanted, MOST_AT_ONCE));
            List<Object> datagrams = new ArrayList<>();
            while (datagrams.size() < count) {
                SocketAddress from = socket().channel().receive(buffer.clear());
                if (from == null) {
                    break;
                }
                if (socket().hears((InetSocketAddress) from)) {
                    byte[] data = new byte[buffer.flip().remaining()];
                    buffer.get(data);
                    datagrams.add(new Object[] {data, Addresses.toVariant(from)});
                }
            }
            return datagrams;
        }

        @Override
        int operation() {
            return SelectionKey.OP_READ;
        }

        @Override
        protected String wasiName() {
            return "incoming-datagram-stream";
        }
    }

    /** {@code outgoing-datagram-stream}. */
    static final class Outgoing extends DatagramStream {
        private long permitted;

        Outgoing(InstanceState state, UdpSocket socket) {
            super(state, socket);
        }

        long checkSend() {
            permitted = MOST_AT_ONCE;
            return permitted;
        }

        /** Answers how many datagrams went out; an error only where the first did not. */
        long send(List<?> datagrams) throws IOException {
            if (datagrams.size() > permitted) {
                throw new GuestFaultException("The guest sends " + datagrams.size()
                        + " datagrams where check-send permitted " + permitted + "; it must ask before it sends.");
            }
            permitted -= datagrams.size();
            long sent = 0;
            for (Object each : datagrams) {
                try {
                    Object[] datagram = (Object[]) each;
                    if (!send((byte[]) datagram[0], (Variant) datagram[1])) {
                        return sent;
                    }
                    sent++;
                } catch (IOException e) {
                    if (sent == 0) {
                        throw e;
                    }
                    return sent;
                }
            }
            return sent;
        }

        private boolean send(byte[] data, Variant to) throws IOException {
            DatagramChannel channel = socket().channel();
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            InetSocketAddress target = to.isNone() ? peer : Addresses.read(to.payload(), socket().family());
            if (target == null || (peer != null && !peer.equals(target))) {
                throw SocketError.INVALID_ARGUMENT.asException();
            }
            if (data.length > LARGEST_BYTES) {
                throw SocketError.DATAGRAM_TOO_LARGE.asException();
            }
            socket().requireReachable(target);
            state().output(data.length);
            return channel.send(ByteBuffer.wrap(data), target) == data.length;
        }

        @Override
        int operation() {
            return SelectionKey.OP_WRITE;
        }

        @Override
        protected String wasiName() {
            return "outgoing-datagram-stream";
        }
    }
}

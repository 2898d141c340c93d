package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import dev.warpgrid.wasi.p2.io.IoError;
import dev.warpgrid.wasi.p2.io.StreamPollable;
import java.io.IOException;
import java.util.List;

/** All seven interfaces of {@code wasi:sockets}. */
public final class SocketInterfaces {
    // The JDK has no way to set it; this is what Linux sends with.
    private static final int HOP_LIMIT = 64;

    private SocketInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(
                network(),
                Wasi02.interfaceNamed("wasi:sockets/instance-network")
                        .function("instance-network", (state, in) -> new Network())
                        .build(),
                nameLookup(),
                Wasi02.interfaceNamed("wasi:sockets/tcp-create-socket")
                        .function("create-tcp-socket", answering((state, in) -> {
                            requireGranted(state);
                            return new TcpSocket(state, Addresses.family(in[0]));
                        }))
                        .build(),
                tcp(),
                Wasi02.interfaceNamed("wasi:sockets/udp-create-socket")
                        .function("create-udp-socket", answering((state, in) -> {
                            requireGranted(state);
                            return new UdpSocket(state, Addresses.family(in[0]));
                        }))
                        .build(),
                udp());
    }

    private static void requireGranted(InstanceState state) throws IOException {
        if (state.config().sockets().allowsNothing()) {
            throw SocketError.ACCESS_DENIED.asException();
        }
    }

    private static HostInterface<InstanceState> network() {
        return Wasi02.interfaceNamed("wasi:sockets/network")
                .resource("network", Network.class, WasiResource::drop)
                .function(
                        "network-error-code",
                        (state, in) -> ((IoError) in[0])
                                .detail()
                                .filter(SocketError.class::isInstance)
                                .map(error -> Variant.some(((SocketError) error).code()))
                                .orElse(Variant.none()))
                .build();
    }

    private static HostInterface<InstanceState> nameLookup() {
        return Wasi02.interfaceNamed("wasi:sockets/ip-name-lookup")
                .resource("resolve-address-stream", NameLookup.class, WasiResource::drop)
                .function("resolve-addresses", answering((state, in) -> NameLookup.of(state, (String) in[1])))
                .function(
                        "[method]resolve-address-stream.resolve-next-address",
                        answering((state, in) -> ((NameLookup) in[0]).next()))
                .function("[method]resolve-address-stream.subscribe", (state, in) -> {
                    NameLookup lookup = (NameLookup) in[0];
                    return new StreamPollable(state, lookup, lookup::ready, lookup);
                })
                .build();
    }

    private static HostInterface<InstanceState> tcp() {
        HostInterface.Builder<InstanceState> tcp = Wasi02.interfaceNamed("wasi:sockets/tcp")
                .resource("tcp-socket", TcpSocket.class, WasiResource::drop)
                .function("[method]tcp-socket.start-bind", doing(in -> tcp(in).startBind(in[2])))
                .function("[method]tcp-socket.finish-bind", doing(in -> tcp(in).finishBind()))
                .function("[method]tcp-socket.start-connect", doing(in -> tcp(in).startConnect(in[2])))
                .function("[method]tcp-socket.finish-connect", answering((state, in) -> tcp(in).finishConnect()))
                .function("[method]tcp-socket.start-listen", doing(in -> tcp(in).startListen()))
                .function("[method]tcp-socket.finish-listen", doing(in -> tcp(in).finishListen()))
                .function("[method]tcp-socket.accept", answering((state, in) -> tcp(in).accept()))
                .function("[method]tcp-socket.local-address", answering((state, in) -> tcp(in).localAddress()))
                .function("[method]tcp-socket.remote-address", answering((state, in) -> tcp(in).remoteAddress()))
                .function("[method]tcp-socket.is-listening", (state, in) -> tcp(in).listening())
                .function("[method]tcp-socket.address-family", (state, in) -> Addresses.toFamily(tcp(in).family()))
                .function("[method]tcp-socket.set-listen-backlog-size", doing(in -> tcp(in).backlog(in[1])))
                .function("[method]tcp-socket.shutdown", doing(in -> tcp(in).shutdown(in[1])))
                .function("[method]tcp-socket.subscribe", (state, in) -> tcp(in).subscribe());
        addTcpOptions(tcp);
        return tcp.build();
    }

    private static void addTcpOptions(HostInterface.Builder<InstanceState> tcp) {
        tcp.function(
                        "[method]tcp-socket.keep-alive-enabled",
                        answering((state, in) -> tcp(in).options().keepAlive()))
                .function(
                        "[method]tcp-socket.set-keep-alive-enabled",
                        setting(in -> tcp(in).options().keepAlive(in[1])))
                .function(
                        "[method]tcp-socket.keep-alive-idle-time",
                        answering((state, in) -> tcp(in).options().duration(SocketOptions.KEEP_IDLE)))
                .function(
                        "[method]tcp-socket.set-keep-alive-idle-time",
                        setting(in -> tcp(in).options().duration(SocketOptions.KEEP_IDLE, in[1])))
                .function(
                        "[method]tcp-socket.keep-alive-interval",
                        answering((state, in) -> tcp(in).options().duration(SocketOptions.KEEP_INTERVAL)))
                .function(
                        "[method]tcp-socket.set-keep-alive-interval",
                        setting(in -> tcp(in).options().duration(SocketOptions.KEEP_INTERVAL, in[1])))
                .function(
                        "[method]tcp-socket.keep-alive-count",
                        answering((state, in) -> tcp(in).options().count()))
                .function(
                        "[method]tcp-socket.set-keep-alive-count",
                        setting(in -> tcp(in).options().count(in[1])))
                .function("[method]tcp-socket.hop-limit", answering((state, in) -> HOP_LIMIT))
                .function("[method]tcp-socket.set-hop-limit", doing(in -> hopLimit(in[1])))
                .function(
                        "[method]tcp-socket.receive-buffer-size",
                        answering((state, in) -> tcp(in).options().buffer(SocketOptions.RECEIVE_BUFFER)))
                .function(
                        "[method]tcp-socket.set-receive-buffer-size",
                        setting(in -> tcp(in).options().buffer(SocketOptions.RECEIVE_BUFFER, in[1])))
                .function(
                        "[method]tcp-socket.send-buffer-size",
                        answering((state, in) -> tcp(in).options().buffer(SocketOptions.SEND_BUFFER)))
                .function(
                        "[method]tcp-socket.set-send-buffer-size",
                        setting(in -> tcp(in).options().buffer(SocketOptions.SEND_BUFFER, in[1])));
    }

    private static void hopLimit(Object wanted) throws IOException {
        int limit = (Integer) wanted;
        if (limit != HOP_LIMIT) {
            throw (limit == 0 ? SocketError.INVALID_ARGUMENT : SocketError.NOT_SUPPORTED).asException();
        }
    }

    private static HostInterface<InstanceState> udp() {
        return Wasi02.interfaceNamed("wasi:sockets/udp")
                .resource("udp-socket", UdpSocket.class, WasiResource::drop)
                .resource("incoming-datagram-stream", DatagramStream.Incoming.class, WasiResource::drop)
                .resource("outgoing-datagram-stream", DatagramStream.Outgoing.class, WasiResource::drop)
                .function("[method]udp-socket.start-bind", doing(in -> udp(in).startBind(in[2])))
                .function("[method]udp-socket.finish-bind", doing(in -> udp(in).finishBind()))
                .function("[method]udp-socket.stream", answering((state, in) -> udp(in).stream((Variant) in[1])))
                .function("[method]udp-socket.local-address", answering((state, in) -> udp(in).localAddress()))
                .function("[method]udp-socket.remote-address", answering((state, in) -> udp(in).remoteAddress()))
                .function("[method]udp-socket.address-family", (state, in) -> Addresses.toFamily(udp(in).family()))
                .function("[method]udp-socket.unicast-hop-limit", answering((state, in) -> HOP_LIMIT))
                .function("[method]udp-socket.set-unicast-hop-limit", doing(in -> hopLimit(in[1])))
                .function(
                        "[method]udp-socket.receive-buffer-size",
                        answering((state, in) -> udp(in).options().buffer(SocketOptions.RECEIVE_BUFFER)))
                .function("[method]udp-socket.set-receive-buffer-size", doing(in -> {
                    udp(in).options().buffer(SocketOptions.RECEIVE_BUFFER, in[1]);
                    udp(in).optionsChanged();
                }))
                .function(
                        "[method]udp-socket.send-buffer-size",
                        answering((state, in) -> udp(in).options().buffer(SocketOptions.SEND_BUFFER)))
                .function("[method]udp-socket.set-send-buffer-size", doing(in -> {
                    udp(in).options().buffer(SocketOptions.SEND_BUFFER, in[1]);
                    udp(in).optionsChanged();
                }))
                // Nothing is ever to be finished later.
                .function(
                        "[method]udp-socket.subscribe",
                        (state, in) -> new StreamPollable(state, udp(in), () -> true, nanos -> {}))
                .function(
                        "[method]incoming-datagram-stream.receive",
                        answering((state, in) -> ((DatagramStream.Incoming) in[0]).receive(in[1])))
                .function(
                        "[method]incoming-datagram-stream.subscribe",
                        unfailing(in -> ((DatagramStream) in[0]).subscribe()))
                .function(
                        "[method]outgoing-datagram-stream.check-send",
                        answering((state, in) -> ((DatagramStream.Outgoing) in[0]).checkSend()))
                .function(
                        "[method]outgoing-datagram-stream.send",
                        answering((state, in) -> ((DatagramStream.Outgoing) in[0]).send((List<?>) in[1])))
                .function(
                        "[method]outgoing-datagram-stream.subscribe",
                        unfailing(in -> ((DatagramStream) in[0]).subscribe()))
                .build();
    }

    private static TcpSocket tcp(Object[] arguments) {
        return (TcpSocket) arguments[0];
    }

    private static UdpSocket udp(Object[] arguments) {
        return (UdpSocket) arguments[0];
    }

    /** An operation whose result is a value. */
    @FunctionalInterface
    private interface Answer {
        Object of(InstanceState state, Object[] arguments) throws IOException;
    }

    /** An operation whose result is empty. */
    @FunctionalInterface
    private interface Deed {
        void run(Object[] arguments) throws IOException;
    }

    /** An operation of a stream that exists, which has no error to answer with. */
    @FunctionalInterface
    private interface Unfailing {
        Object of(Object[] arguments) throws IOException;
    }

    private static HostFunction<InstanceState> answering(Answer answer) {
        return (state, in) -> {
            try {
                return Variant.ok(answer.of(state, in));
            } catch (IOException e) {
                return Variant.err(SocketError.of(e).code());
            }
        };
    }

    private static HostFunction<InstanceState> setting(Deed deed) {
        return doing(in -> {
            deed.run(in);
            tcp(in).optionsChanged();
        });
    }

    private static HostFunction<InstanceState> doing(Deed deed) {
        return (state, in) -> {
            try {
                deed.run(in);
                return Variant.ok();
            } catch (IOException e) {
                return Variant.err(SocketError.of(e).code());
            }
        };
    }

    private static HostFunction<InstanceState> unfailing(Unfailing operation) {
        return (state, in) -> {
            try {
                return operation.of(in);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("A socket that is open cannot be watched.", e);
            }
        };
    }
}

package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.Wasi02;
import java.util.List;

/** {@code wasi:sockets} where no socket is granted: making one and resolving a name answer {@code access-denied}. */
public final class SocketInterfaces {
    private static final Variant ACCESS_DENIED = Variant.err(Variant.of(1));
    private static final HostFunction<InstanceState> DENY = (state, in) -> ACCESS_DENIED;
    private static final List<String> TCP_METHODS = List.of(
            "start-bind",
            "finish-bind",
            "start-connect",
            "finish-connect",
            "start-listen",
            "finish-listen",
            "accept",
            "local-address",
            "remote-address",
            "set-listen-backlog-size",
            "keep-alive-enabled",
            "set-keep-alive-enabled",
            "keep-alive-idle-time",
            "set-keep-alive-idle-time",
            "keep-alive-interval",
            "set-keep-alive-interval",
            "keep-alive-count",
            "set-keep-alive-count",
            "hop-limit",
            "set-hop-limit",
            "receive-buffer-size",
            "set-receive-buffer-size",
            "send-buffer-size",
            "set-send-buffer-size",
            "shutdown");
    private static final List<String> UDP_METHODS = List.of(
            "start-bind",
            "finish-bind",
            "stream",
            "local-address",
            "remote-address",
            "unicast-hop-limit",
            "set-unicast-hop-limit",
            "receive-buffer-size",
            "set-receive-buffer-size",
            "send-buffer-size",
            "set-send-buffer-size");

    private SocketInterfaces() {}

    public static List<HostInterface<InstanceState>> all() {
        return List.of(
                network(),
                Wasi02.interfaceNamed("wasi:sockets/instance-network")
                        .function("instance-network", (state, in) -> new Network())
                        .build(),
                nameLookup(),
                Wasi02.interfaceNamed("wasi:sockets/tcp-create-socket")
                        .function("create-tcp-socket", DENY)
                        .build(),
                tcp(),
                Wasi02.interfaceNamed("wasi:sockets/udp-create-socket")
                        .function("create-udp-socket", DENY)
                        .build(),
                udp());
    }

    private static HostInterface<InstanceState> network() {
        return Wasi02.interfaceNamed("wasi:sockets/network")
                .resource("network", Network.class, WasiResource::drop)
                .function("network-error-code", (state, in) -> Variant.none())
                .build();
    }

    private static HostInterface<InstanceState> nameLookup() {
        return Wasi02.interfaceNamed("wasi:sockets/ip-name-lookup")
                .resource("resolve-address-stream", NoSocket.class, WasiResource::drop)
                .function("resolve-addresses", DENY)
                .function("[method]resolve-address-stream.resolve-next-address", DENY)
                .function("[method]resolve-address-stream.subscribe", unreachable("resolve-address-stream"))
                .build();
    }

    private static HostInterface<InstanceState> tcp() {
        HostInterface.Builder<InstanceState> tcp = Wasi02.interfaceNamed("wasi:sockets/tcp")
                .resource("tcp-socket", NoSocket.class, WasiResource::drop)
                .function("[method]tcp-socket.is-listening", (state, in) -> false)
                .function("[method]tcp-socket.address-family", unreachable("tcp-socket"))
                .function("[method]tcp-socket.subscribe", unreachable("tcp-socket"));
        TCP_METHODS.forEach(name -> tcp.function("[method]tcp-socket." + name, DENY));
        return tcp.build();
    }

    private static HostInterface<InstanceState> udp() {
        HostInterface.Builder<InstanceState> udp = Wasi02.interfaceNamed("wasi:sockets/udp")
                .resource("udp-socket", NoSocket.class, WasiResource::drop)
                .resource("incoming-datagram-stream", NoSocket.class, WasiResource::drop)
                .resource("outgoing-datagram-stream", NoSocket.class, WasiResource::drop)
                .function("[method]udp-socket.address-family", unreachable("udp-socket"))
                .function("[method]udp-socket.subscribe", unreachable("udp-socket"))
                .function("[method]incoming-datagram-stream.receive", DENY)
                .function("[method]incoming-datagram-stream.subscribe", unreachable("incoming-datagram-stream"))
                .function("[method]outgoing-datagram-stream.check-send", DENY)
                .function("[method]outgoing-datagram-stream.send", DENY)
                .function("[method]outgoing-datagram-stream.subscribe", unreachable("outgoing-datagram-stream"));
        UDP_METHODS.forEach(name -> udp.function("[method]udp-socket." + name, DENY));
        return udp.build();
    }

    // These have no error to answer with; the handle check comes first, and no handle can exist.
    private static HostFunction<InstanceState> unreachable(String resource) {
        return (state, in) -> {
            throw new IllegalStateException("A " + resource + " was used that this host never made.");
        };
    }
}

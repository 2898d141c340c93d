package dev.warpgrid.wasi.p2.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.net.NetworkPolicy;
import dev.warpgrid.wasi.net.SocketPolicy;
import dev.warpgrid.wasi.p2.io.IoInterfaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketsTest {
    private static final List<HostInterface<InstanceState>> INTERFACES = Stream.of(
                    SocketInterfaces.all(), IoInterfaces.all())
            .flatMap(List::stream)
            .toList();
    private static final NetworkPolicy LOOPBACK = NetworkPolicy.of("127.0.0.0/8", "[::1]");
    private static final Variant IPV4 = Variant.of(0);

    private final InstanceState state = with(new SocketPolicy(LOOPBACK, LOOPBACK), WasiLimits.defaults());

    private static InstanceState with(SocketPolicy policy, WasiLimits limits) {
        return new InstanceState(
                WasiConfig.builder().sockets(policy).limits(limits).build());
    }

    private @Nullable Object call(InstanceState on, String function, Object... arguments) {
        return INTERFACES.stream()
                .map(each -> each.functions().get(function))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The host has no function " + function + "."))
                .call(on, arguments);
    }

    private Variant result(String function, Object... arguments) {
        return (Variant) Objects.requireNonNull(call(state, function, arguments));
    }

    private Object ok(String function, Object... arguments) {
        Variant result = result(function, arguments);
        assertThat(result.isOk()).as(function + " " + result).isTrue();
        return result.value() == null ? "" : result.payload();
    }

    private static String error(Variant result) {
        assertThat(result.isErr()).as("an error").isTrue();
        return Stream.of(SocketError.values())
                .filter(each -> each.code().equals(result.payload()))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private void block(String subscribe, Object on) {
        Object pollable = Objects.requireNonNull(call(state, subscribe, on));
        call(state, "[method]pollable.block", pollable);
        WasiResource.drop(state, pollable);
    }

    private static Variant loopback(int port) {
        return Variant.of(0, new Object[] {port, new Object[] {127, 0, 0, 1}});
    }

    private static Variant anywhere() {
        return Variant.of(0, new Object[] {0, new Object[] {0, 0, 0, 0}});
    }

    private static Object[] tuple(Object value) {
        return (Object[]) value;
    }

    private static int port(Object address) {
        return (Integer) tuple(((Variant) address).payload())[0];
    }

    private String read(Object input, int wanted) {
        StringBuilder text = new StringBuilder();
        while (text.length() < wanted) {
            Variant part = result("[method]input-stream.blocking-read", input, 1000L);
            if (part.isErr()) {
                return text + " (ended)";
            }
            text.append(new String((byte[]) part.payload(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private Object listening() {
        Object network = Objects.requireNonNull(call(state, "instance-network"));
        Object listener = ok("create-tcp-socket", IPV4);
        ok("[method]tcp-socket.start-bind", listener, network, loopback(0));
        ok("[method]tcp-socket.finish-bind", listener);
        ok("[method]tcp-socket.start-listen", listener);
        ok("[method]tcp-socket.finish-listen", listener);
        return listener;
    }

    private Object[] connected(Object socket, int port) {
        Object network = Objects.requireNonNull(call(state, "instance-network"));
        ok("[method]tcp-socket.start-connect", socket, network, loopback(port));
        Variant finished = result("[method]tcp-socket.finish-connect", socket);
        while (finished.isErr() && error(finished).equals("WOULD_BLOCK")) {
            block("[method]tcp-socket.subscribe", socket);
            finished = result("[method]tcp-socket.finish-connect", socket);
        }
        return tuple(finished.payload());
    }

    @Test
    void connectsToAPeerAndTalks() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket peer = server.accept()) {
                    peer.getInputStream().transferTo(peer.getOutputStream());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Object socket = ok("create-tcp-socket", IPV4);
            assertThat(error(result("[method]tcp-socket.finish-connect", socket)))
                    .isEqualTo("NOT_IN_PROGRESS");
            Object[] streams = connected(socket, server.getLocalPort());
            assertThat(port(ok("[method]tcp-socket.remote-address", socket))).isEqualTo(server.getLocalPort());
            ok("[method]tcp-socket.set-keep-alive-enabled", socket, true);
            ok("[method]tcp-socket.set-keep-alive-idle-time", socket, 1_500_000_000L);
            assertThat(ok("[method]tcp-socket.keep-alive-idle-time", socket)).isEqualTo(2_000_000_000L);
            ok("[method]output-stream.blocking-write-and-flush", streams[1], "hello".getBytes(StandardCharsets.UTF_8));
            assertThat(read(streams[0], 5)).isEqualTo("hello");
            ok("[method]tcp-socket.shutdown", socket, Variant.of(1));
            assertThat(read(streams[0], 1)).isEqualTo(" (ended)");
        }
    }

    @Test
    void listensAcceptsAndSendsMoreThanAPeerTakesAtOnce() throws IOException, InterruptedException {
        Object listener = listening();
        int port = port(ok("[method]tcp-socket.local-address", listener));
        assertThat(error(result("[method]tcp-socket.accept", listener))).isEqualTo("WOULD_BLOCK");
        byte[] chunk = new byte[4096];
        long[] received = {0};
        Thread client = Thread.ofVirtual().start(() -> {
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
                received[0] = peer.getInputStream().readAllBytes().length;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        block("[method]tcp-socket.subscribe", listener);
        Object[] accepted = tuple(ok("[method]tcp-socket.accept", listener));
        for (int i = 0; i < 500; i++) {
            ok("[method]output-stream.blocking-write-and-flush", accepted[2], chunk);
        }
        WasiResource.drop(state, accepted[1]);
        WasiResource.drop(state, accepted[2]);
        WasiResource.drop(state, accepted[0]);
        client.join();
        assertThat(received[0]).isEqualTo(500L * chunk.length);
    }

    @Test
    void polledSocketsWakeEachOther() throws IOException {
        Object quiet = listening();
        Object busy = listening();
        int port = port(ok("[method]tcp-socket.local-address", busy));
        List<Object> pollables = Stream.of(quiet, busy)
                .map(each -> Objects.requireNonNull(call(state, "[method]tcp-socket.subscribe", each)))
                .toList();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(call(state, "poll", pollables)).isEqualTo(List.of(1));
            assertThat(peer.isConnected()).isTrue();
        }
    }

    @Test
    void exchangesDatagrams() {
        Object network = Objects.requireNonNull(call(state, "instance-network"));
        Object first = ok("create-udp-socket", IPV4);
        Object second = ok("create-udp-socket", IPV4);
        for (Object each : List.of(first, second)) {
            ok("[method]udp-socket.start-bind", each, network, loopback(0));
            ok("[method]udp-socket.finish-bind", each);
        }
        Object[] from = tuple(ok("[method]udp-socket.stream", first, Variant.none()));
        Object[] to = tuple(ok("[method]udp-socket.stream", second, Variant.none()));
        Variant target = loopback(port(ok("[method]udp-socket.local-address", second)));
        assertThat((Long) ok("[method]outgoing-datagram-stream.check-send", from[1]))
                .isPositive();
        Object datagram = new Object[] {"hello".getBytes(StandardCharsets.UTF_8), Variant.some(target)};
        assertThat(ok("[method]outgoing-datagram-stream.send", from[1], List.of(datagram, datagram)))
                .isEqualTo(2L);
        block("[method]incoming-datagram-stream.subscribe", to[0]);
        List<?> received = (List<?>) ok("[method]incoming-datagram-stream.receive", to[0], 10L);
        assertThat((byte[]) tuple(received.getFirst())[0]).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void looksUpNamesThatAreAllowed() {
        Object network = Objects.requireNonNull(call(state, "instance-network"));
        Object lookup = ok("resolve-addresses", network, "localhost");
        block("[method]resolve-address-stream.subscribe", lookup);
        Variant address = (Variant) ok("[method]resolve-address-stream.resolve-next-address", lookup);
        assertThat(address.isSome()).isTrue();
        assertThat(error(result("resolve-addresses", network, "no name"))).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void deniesWhatNoRuleAllows() {
        InstanceState none = with(SocketPolicy.nothing(), WasiLimits.defaults());
        assertThat(error((Variant) Objects.requireNonNull(call(none, "create-tcp-socket", IPV4))))
                .isEqualTo("ACCESS_DENIED");
        Object network = Objects.requireNonNull(call(state, "instance-network"));
        Object socket = ok("create-tcp-socket", IPV4);
        Variant elsewhere = Variant.of(0, new Object[] {80, new Object[] {10, 0, 0, 1}});
        assertThat(error(result("[method]tcp-socket.start-connect", socket, network, elsewhere)))
                .isEqualTo("ACCESS_DENIED");
        assertThat(error(result("[method]tcp-socket.start-bind", socket, network, anywhere())))
                .isEqualTo("ACCESS_DENIED");
        assertThat(error(result("[method]tcp-socket.start-connect", socket, network, anywhere())))
                .isEqualTo("INVALID_ARGUMENT");
        Object datagrams = ok("create-udp-socket", IPV4);
        ok("[method]udp-socket.start-bind", datagrams, network, anywhere());
        ok("[method]udp-socket.finish-bind", datagrams);
        assertThat(error(result("[method]udp-socket.stream", datagrams, Variant.some(elsewhere))))
                .isEqualTo("ACCESS_DENIED");
        InstanceState named =
                with(new SocketPolicy(NetworkPolicy.of("example.org"), NetworkPolicy.nothing()), WasiLimits.defaults());
        assertThat(error((Variant) Objects.requireNonNull(call(named, "resolve-addresses", network, "localhost"))))
                .isEqualTo("ACCESS_DENIED");
    }

    @Test
    void countsSockets() {
        InstanceState few =
                with(new SocketPolicy(LOOPBACK, LOOPBACK), WasiLimits.defaults().withOpenSockets(2));
        Object first = ((Variant) Objects.requireNonNull(call(few, "create-tcp-socket", IPV4))).payload();
        call(few, "create-udp-socket", IPV4);
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> call(few, "create-tcp-socket", IPV4))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("openSockets"));
        WasiResource.drop(few, first);
        assertThat(((Variant) Objects.requireNonNull(call(few, "create-tcp-socket", IPV4))).isOk())
                .isTrue();
    }
}

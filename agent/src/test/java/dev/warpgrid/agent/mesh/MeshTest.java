package dev.warpgrid.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.guest.ScriptedGuest;
import dev.warpgrid.agent.ingress.RawClient;
import dev.warpgrid.agent.ingress.RawClient.Answer;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.agent.link.TestCa;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes of one process, over real mutual TLS on loopback; guests are scripts. */
class MeshTest {
    private static final int MEBIBYTE = 1 << 20;
    private static Vertx vertx = Vertx.vertx();

    @TempDir
    private Path home;

    private final TestCa ca;
    private final List<MeshNode> nodes = new ArrayList<>();

    MeshTest() throws Exception {
        ca = new TestCa();
    }

    @BeforeAll
    static void startLoops() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
    }

    @AfterAll
    static void endLoops() {
        var ignored = vertx.close();
    }

    @AfterEach
    void close() {
        nodes.forEach(MeshNode::close);
    }

    private MeshNode node(String name) throws Exception {
        return node(ca.identity(name));
    }

    private MeshNode node(NodeIdentity identity) {
        var made = new MeshNode(vertx, identity, home.resolve(identity.node().value()));
        nodes.add(made);
        return made;
    }

    private List<MeshPeer> all() {
        return nodes.stream().map(MeshNode::peer).toList();
    }

    /** All nodes know that these answer. */
    private void answering(MeshNode... some) {
        GridRoutes table = MeshNode.table(all(), false, some);
        nodes.forEach(node -> node.goesBy(table));
    }

    private static Answer get(MeshNode at, String path, String headers) throws IOException {
        try (RawClient client = new RawClient(at.ingress.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nhost: hello.localhost\r\n" + headers + "\r\n");
            return client.read();
        }
    }

    private static Answer post(MeshNode at, byte[] body) throws IOException {
        try (RawClient client = new RawClient(at.ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: " + body.length + "\r\n\r\n");
            client.send(body);
            return client.read();
        }
    }

    private static ScriptedGuest.Script saying(String text) {
        return (request, response) -> ScriptedGuest.answer(response, 200, text);
    }

    private static byte[] readAll(HttpRequest request) throws InterruptedException {
        var all = new ByteArrayOutputStream();
        RequestBody body = request.body();
        while (body.available() >= 0) {
            body.awaitReadable(TimeUnit.SECONDS.toNanos(5));
            all.writeBytes(body.read(8192));
        }
        return all.toByteArray();
    }

    @Test
    void everyNodeAnswersForTheOneThatRunsAnInstance() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b");
        MeshNode c = node("c").runs((request, response) -> {
            HttpFields headers = request.headers();
            ScriptedGuest.answer(
                    response,
                    201,
                    request.method() + " " + request.authority() + request.pathWithQuery() + " "
                            + headers.first("x-request-id").orElse("") + " "
                            + headers.first("x-mine").orElse("") + " " + headers.contains("warpgrid-revision")
                            + headers.contains("warpgrid-authority"));
        });
        answering(c);
        for (MeshNode at : List.of(a, b, c)) {
            Answer answer =
                    get(at, "/p?q=1", "x-request-id: id-1\r\nx-mine: yes\r\nwarpgrid-revision: default/other@9\r\n");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("GET hello.localhost/p?q=1 id-1 yes falsefalse");
            assertThat(answer.header("x-request-id")).contains("id-1");
            assertThat(answer.header("content-length")).isPresent();
        }
        Eventually.until(() -> c.counters.totals().requests() == 3);
        assertThat(a.counters.totals().requests() + b.counters.totals().requests())
                .isZero();
        assertThat(a.mesh.peers())
                .anySatisfy(peer -> assertThat(peer)
                        .isEqualTo(new dev.warpgrid.agent.metrics.PrometheusText.PeerSample("c", 0, 1, 0)));
    }

    @Test
    void streamsALargeBodyThereAndBackWithinItsWindows() throws Exception {
        var most = new AtomicInteger();
        MeshNode a = node("a");
        MeshNode b = node("b").runs((request, response) -> {
            RequestBody body = request.body();
            response.head(200, HttpFields.none());
            while (body.available() >= 0) {
                body.awaitReadable(TimeUnit.SECONDS.toNanos(5));
                most.accumulateAndGet(body.available(), Math::max);
                byte[] bytes = body.read(8192);
                while (response.writable() < bytes.length) {
                    response.awaitWritable(TimeUnit.SECONDS.toNanos(5));
                }
                response.write(bytes);
            }
            response.end(HttpFields.none());
        });
        answering(b);
        int size = 8 * MEBIBYTE;
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\nconnection: close\r\ncontent-length: " + size
                    + "\r\n\r\n");
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    client.send(new byte[size]);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(client.readHead().status()).isEqualTo(200);
            // Chunks have heads of their own.
            assertThat(client.drain()).isBetween((long) size, (long) size + size / 100);
            assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(most.get()).isBetween(1, MeshNode.LIMITS.requestWindowBytes() + (64 << 10));
    }

    @Test
    void writesNoFasterThanTheClientReads() throws Exception {
        long size = 64L * MEBIBYTE;
        var written = new AtomicLong();
        MeshNode a = node("a");
        MeshNode b = node("b").runs((request, response) -> {
            response.head(200, HttpFields.none());
            byte[] chunk = new byte[8192];
            while (written.get() < size && !response.closed()) {
                while (response.writable() < chunk.length) {
                    response.awaitWritable(TimeUnit.SECONDS.toNanos(5));
                }
                response.write(chunk);
                written.addAndGet(chunk.length);
            }
            response.end(HttpFields.none());
        });
        answering(b);
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\nconnection: close\r\n\r\n");
            client.readHead();
            var before = new AtomicLong(-1);
            // It stands still once the windows and the kernel's buffers are full.
            Eventually.until(() -> {
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                return written.get() == before.getAndSet(written.get());
            });
            assertThat(written.get()).isLessThan(size / 2);
            assertThat(client.drain()).isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    void passesOnWhatIsFlushedWhileTheAnswerGoesOnAndTrailersAtItsEnd() throws Exception {
        var release = new CountDownLatch(1);
        MeshNode a = node("a");
        MeshNode b = node("b").runs((request, response) -> {
            response.head(200, HttpFields.none());
            response.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            response.flush();
            release.await();
            response.end(HttpFields.of("x-sum", "7").freeze());
        });
        answering(b);
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            client.readHead();
            assertThat(client.line()).isEqualTo("9");
            assertThat(client.line()).isEqualTo("data: 1");
            release.countDown();
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEqualTo("0");
            assertThat(client.line()).isEqualTo("x-sum: 7");
        }
    }

    @Test
    void tellsTheRemoteGuestThatTheClientIsGone() throws Exception {
        var entered = new CountDownLatch(1);
        var sawClose = new AtomicBoolean();
        MeshNode a = node("a");
        MeshNode b = node("b").runs((request, response) -> {
            entered.countDown();
            RequestBody body = request.body();
            while (body.available() >= 0) {
                body.awaitReadable(TimeUnit.SECONDS.toNanos(10));
                body.read(4096);
            }
            sawClose.set(body.failure().isPresent() && response.closed());
        });
        answering(b);
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 1000\r\n\r\nabc");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        }
        Eventually.until(sawClose::get);
        Eventually.until(() -> a.mesh.peers().getFirst().inFlight() == 0);
    }

    @Test
    void takesARequestWithItsBodyElsewhereWhenTheInstanceIsGone() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        MeshNode c = node("c")
                .runs((request, response) -> ScriptedGuest.answer(response, 200, "c " + readAll(request).length));
        b.loses();
        answering(b, c);
        for (int i = 0; i < 20; i++) {
            assertThat(post(a, new byte[40_000]).body()).isEqualTo("c 40000");
        }
        assertThat(b.counters.totals().requests()).isZero();
    }

    @Test
    void takesARequestElsewhereWhenANodeCannotBeReached() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        MeshNode c = node("c").runs(saying("c"));
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        List<MeshPeer> moved = List.of(a.peer(), new MeshPeer(b.id(), "127.0.0.1", closed), c.peer());
        a.goesBy(MeshNode.table(moved, false, b, c));
        c.goesBy(MeshNode.table(moved, false, b, c));
        for (int i = 0; i < 20; i++) {
            assertThat(get(a, "/", "").body()).isEqualTo("c");
        }
        assertThat(a.mesh.peers().getFirst().failed()).isPositive();
    }

    @Test
    void waitsForAnEndpointThatIsAboutToComeAndNotForOneThatIsNot() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        GridRoutes none = MeshNode.table(all(), false);
        a.goesBy(none);
        assertThat(get(a, "/", "").status()).isEqualTo(503);
        a.goesBy(MeshNode.table(all(), true));
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Eventually.until(() -> a.ingress.waiting() == 1);
            answering(b);
            assertThat(client.read().body()).isEqualTo("b");
        }
    }

    @Test
    void sendsASafeRequestAgainWhenTheConnectionBreaksBeforeTheAnswerAndNoOther() throws Exception {
        var entered = new CountDownLatch(2);
        MeshNode a = node("a");
        MeshNode b = node("b");
        ScriptedGuest.Script hanging = (request, response) -> {
            entered.countDown();
            while (!response.closed()) {
                response.awaitWritable(TimeUnit.MILLISECONDS.toNanos(20));
            }
        };
        b.runs(hanging).runs(hanging);
        answering(b);
        try (RawClient safe = new RawClient(a.ingress.port());
                RawClient unsafe = new RawClient(a.ingress.port())) {
            safe.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            unsafe.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 3\r\n\r\nabc");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            MeshNode c = node("c").runs(saying("c"));
            answering(b, c);
            b.mesh.drain(Duration.ZERO);
            assertThat(safe.read().body()).isEqualTo("c");
            Answer lost = unsafe.read();
            assertThat(lost.status()).isEqualTo(502);
            assertThat(lost.body()).contains("went away");
        }
    }

    @Test
    void cutsTheClientWhenTheNodeGoesInTheMiddleOfAnAnswer() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs((request, response) -> {
            response.head(200, HttpFields.none());
            response.write(new byte[100]);
            response.flush();
            while (!response.closed()) {
                response.awaitWritable(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        answering(b);
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(200);
            b.mesh.drain(Duration.ZERO);
            assertThat(client.readToEnd()).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void losesNoRequestWhenANodeDrains() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        MeshNode c = node("c").runs(saying("c"));
        answering(b, c);
        var stopped = new AtomicBoolean();
        var answers = new AtomicInteger();
        var bad = new AtomicInteger();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            load.add(Thread.ofVirtual().start(() -> {
                try (RawClient client = new RawClient(a.ingress.port())) {
                    while (!stopped.get()) {
                        client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 3\r\n\r\nabc");
                        int status = client.read().status();
                        answers.incrementAndGet();
                        if (status != 200) {
                            bad.incrementAndGet();
                        }
                    }
                } catch (IOException e) {
                    bad.incrementAndGet();
                }
            }));
        }
        Eventually.until(() -> b.counters.totals().requests() > 50);
        b.mesh.drain(Duration.ofSeconds(5));
        int after = answers.get();
        Eventually.until(() -> answers.get() > after + 200);
        stopped.set(true);
        for (Thread each : load) {
            assertThat(each.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(bad.get()).isZero();
    }

    @Test
    void neverSendsAForwardedRequestOn() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        MeshNode c = node("c").runs(saying("c"));
        b.loses();
        // Node a believes that b answers; b knows that c does.
        a.goesBy(MeshNode.table(all(), false, b));
        b.goesBy(MeshNode.table(all(), false, c));
        c.goesBy(MeshNode.table(all(), false, c));
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Eventually.until(() -> a.ingress.waiting() == 1);
            assertThat(c.counters.totals().requests()).isZero();
            a.goesBy(MeshNode.table(all(), false, c));
            assertThat(client.read().body()).isEqualTo("c");
        }
    }

    @Test
    void refusesANodeThatTheGridNoLongerHas() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        answering(b);
        assertThat(get(a, "/", "").body()).isEqualTo("b");
        b.goesBy(MeshNode.table(List.of(b.peer()), false, b));
        try (RawClient client = new RawClient(a.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Eventually.until(() -> a.ingress.waiting() == 1);
            assertThat(b.counters.totals().requests()).isEqualTo(1);
            b.goesBy(MeshNode.table(all(), false, b));
            assertThat(client.read().body()).isEqualTo("b");
        }
    }

    @Test
    void doesNotTalkToANodeOfAnotherGridNorToOneThatIsNotTheOneExpected() throws Exception {
        MeshNode a = node("a");
        MeshNode stranger = node(new TestCa().identity("b")).runs(saying("stranger"));
        MeshNode c = node("c").runs(saying("c"));
        answering(stranger);
        assertWaits(a);
        assertThat(stranger.counters.totals().requests()).isZero();
        // The address of b is now that of c, whose certificate says so.
        var wrong = new MeshPeer(stranger.id(), "127.0.0.1", c.mesh.port());
        a.goesBy(MeshNode.table(List.of(a.peer(), wrong), false, stranger));
        assertWaits(a);
        assertThat(c.counters.totals().requests()).isZero();
        answering(c);
        assertThat(get(a, "/", "").body()).isEqualTo("c");
    }

    private static void assertWaits(MeshNode at) throws IOException {
        try (RawClient client = new RawClient(at.ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Eventually.until(() -> at.ingress.waiting() == 1);
        }
        Eventually.until(() -> at.ingress.waiting() == 0);
    }

    @Test
    void keepsConnectionsWhenACertificateIsRenewedAndShowsTheNewOneFromThenOn() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        MeshNode a = node("a");
        ScriptedGuest.Script script = (request, response) -> {
            if (request.pathWithQuery().equals("/slow")) {
                entered.countDown();
                release.await();
            }
            ScriptedGuest.answer(response, 200, "b");
        };
        MeshNode b = node("b").runs(script).runs(script);
        answering(b);
        try (RawClient slow = new RawClient(a.ingress.port())) {
            slow.send("GET /slow HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            NodeIdentity renewed = ca.identity("b");
            b.mesh.renew(renewed);
            a.mesh.renew(ca.identity("a"));
            MeshNode c = node("c");
            answering(b);
            Eventually.until(
                    () -> ShownCertificate.at(b.mesh.port(), c.identity).equals(renewed.certificate()));
            assertThat(get(c, "/", "").body()).isEqualTo("b");
            assertThat(get(a, "/", "").body()).isEqualTo("b");
            release.countDown();
            assertThat(slow.read().body()).isEqualTo("b");
        }
        assertThat(a.mesh.peers()).allSatisfy(peer -> assertThat(peer.failed()).isZero());
    }

    @Test
    void goesByItsJournalAfterARestart() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs(saying("b"));
        answering(b);
        assertThat(get(a, "/", "").body()).isEqualTo("b");
        nodes.remove(a);
        a.close();
        MeshNode again = node(a.identity);
        assertThat(get(again, "/", "").body()).isEqualTo("b");
    }

    @Test
    void aGuestCannotPretendThatItsNodeRefused() throws Exception {
        MeshNode a = node("a");
        MeshNode b = node("b").runs((HttpRequest request, HttpResponseSink response) -> {
            response.head(503, HttpFields.of("warpgrid-refused", "NO_INSTANCE").freeze());
            response.end(HttpFields.none());
        });
        answering(b);
        Answer answer = get(a, "/", "");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("warpgrid-refused")).isEmpty();
        Eventually.until(() -> b.counters.totals().requests() == 1);
    }
}

package dev.warpgrid.agent.ingress;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.GuestCrashException;
import dev.warpgrid.agent.guest.PoolEvents;
import dev.warpgrid.agent.guest.PoolLimits;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.agent.guest.RevisionPool;
import dev.warpgrid.agent.guest.ScriptedGuest;
import dev.warpgrid.agent.ingress.RawClient.Answer;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.RequestBody;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngressTest implements PoolEvents {
    private static final IngressLimits LIMITS =
            new IngressLimits(4096, 1024, 1 << 20, 16 << 10, 64 << 10, 16 << 10, 100, Duration.ofSeconds(30));
    private static Vertx vertx = Vertx.vertx();

    private final Pools pools = new Pools(PoolLimits.of(2));
    private final RevisionCounters counters = new RevisionCounters();
    private final RevisionPool pool = pools.open(
            revision(1),
            new WorkloadLimits(ByteSize.ofMebibytes(1), Duration.ofSeconds(10), Duration.ofSeconds(10)),
            this);
    private final Ingress ingress = Ingress.open(vertx, LIMITS, "127.0.0.1", 0, 2);

    IngressTest() {
        ingress.routes(
                RouteTable.of(List.of(route(revision(1))), found -> Optional.of(new Target(pool::submit, counters))));
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
        ingress.close();
        pools.close();
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {}

    @Override
    public void ended(InstanceId instance, long incarnation) {}

    @Override
    public void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String id, String detail) {}

    @Test
    void answersWithHeadAndBodyAndTheirLength() throws Exception {
        guest((request, response) -> {
            response.head(201, HttpFields.of("x-path", request.pathWithQuery()).freeze());
            response.write("hello".getBytes(StandardCharsets.UTF_8));
            response.flush();
            response.write(" you".getBytes(StandardCharsets.UTF_8));
            response.end(HttpFields.none());
        });

        Answer answer = get("/a?b=c", "");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("x-path")).contains("/a?b=c");
        assertThat(answer.header("content-length")).contains("9");
        assertThat(answer.header("x-request-id")).isPresent();
        assertThat(answer.body()).isEqualTo("hello you");
        Eventually.until(() -> counters.totals().requests() == 1);
    }

    @Test
    void passesTheClientsRequestIdOnAndBack() throws Exception {
        guest((request, response) -> ScriptedGuest.answer(
                response, 200, request.headers().first("x-request-id").orElse("none")));

        Answer answer = get("/", "x-request-id: abc-123\r\n");
        assertThat(answer.header("x-request-id")).contains("abc-123");
        assertThat(answer.body()).isEqualTo("abc-123");
        assertThat(get("/", "x-request-id: <script>\r\n").header("x-request-id").orElse(""))
                .matches("[0-9a-v]{13}");
    }

    @Test
    void saysInOneSentenceWhatAnUnknownHostIs() throws Exception {
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: nobody.test\r\n\r\n");
            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("content-type")).contains("application/problem+json");
            assertThat(answer.body())
                    .contains("No service has the host nobody.test")
                    .contains("requestId");
        }
    }

    @Test
    void answersServiceUnavailableWithRetryAfterWhereNothingRuns() throws Exception {
        Answer answer = get("/", "");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).contains("1");
    }

    @Test
    void mapsACrashBeforeTheHeadToAProblem() throws Exception {
        guest((request, response) -> {
            throw new GuestCrashException("UNREACHABLE");
        });
        Answer answer = get("/", "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("crashed").doesNotContain("UNREACHABLE");
        Eventually.until(() -> counters.totals().serverErrors() == 1);
    }

    @Test
    void mapsAMissingResponseToBadGateway() throws Exception {
        guest((request, response) -> {});
        assertThat(get("/", "").status()).isEqualTo(502);
    }

    @Test
    void cutsTheConnectionWhenTheGuestCrashesAfterItsHead() throws Exception {
        guest((request, response) -> {
            response.head(200, HttpFields.none());
            response.write(new byte[40_000]);
            response.awaitWritable(1);
            throw new GuestCrashException("UNREACHABLE");
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            String all = client.readToEnd();
            assertThat(all).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void sendsNoBodyToHeadAndWithNoContent() throws Exception {
        guest((request, response) -> {
            int status = request.pathWithQuery().equals("/204") ? 204 : 200;
            ScriptedGuest.answer(response, status, status == 204 ? "" : "hello");
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("HEAD / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Answer head = client.readHead();
            assertThat(head.header("content-length")).contains("5");
            client.send("GET /204 HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            Answer none = client.readHead();
            assertThat(none.status()).isEqualTo(204);
            assertThat(none.header("content-length")).isEmpty();
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("hello");
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        for (int i = 0; i < 4; i++) {
            pool.add(instance(revision(1), i), 1, new ScriptedGuest((request, response) -> {
                ScriptedGuest.answer(response, 200, request.pathWithQuery());
            }));
        }
        try (RawClient client = new RawClient(ingress.port())) {
            client.send(Stream.of(1, 2, 3)
                    .map(i -> "GET /" + i + " HTTP/1.1\r\nhost: hello.localhost\r\n\r\n")
                    .collect(Collectors.joining()));
            for (int i = 1; i <= 3; i++) {
                assertThat(client.read().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void carriesALargeRequestThroughABoundedWindow() throws Exception {
        var most = new AtomicInteger();
        guest((request, response) -> {
            RequestBody body = request.body();
            long sum = 0;
            for (int there = body.available(); there >= 0; there = body.available()) {
                most.accumulateAndGet(there, Math::max);
                if (there == 0) {
                    body.awaitReadable(TimeUnit.SECONDS.toNanos(1));
                }
                for (byte each : body.read(1000)) {
                    sum += each;
                }
            }
            ScriptedGuest.answer(response, 200, Long.toString(sum));
        });
        byte[] bytes = new byte[900_000];
        Arrays.fill(bytes, (byte) 1);
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 900000\r\n\r\n");
            client.send(bytes);
            assertThat(client.read().body()).isEqualTo("900000");
        }
        assertThat(most.get()).isBetween(1, LIMITS.requestWindowBytes() + (64 << 10));
    }

    @Test
    void streamsALargeAnswerOnlyAsFastAsTheClientTakesIt() throws Exception {
        int chunks = 2000;
        var written = new AtomicLong();
        guest((request, response) -> {
            response.head(200, HttpFields.none());
            byte[] chunk = new byte[8192];
            for (int i = 0; i < chunks && !response.closed(); i++) {
                while (response.writable() < chunk.length) {
                    response.awaitWritable(TimeUnit.SECONDS.toNanos(1));
                }
                response.write(chunk);
                written.addAndGet(chunk.length);
            }
            response.end(HttpFields.none());
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\nconnection: close\r\n\r\n");
            Answer head = client.readHead();
            assertThat(head.header("transfer-encoding")).contains("chunked");
            // The kernel's buffers take some megabytes at most; the rest waits in the guest.
            Eventually.until(() -> written.get() > 100_000);
            assertThat(written.get()).isLessThan((long) chunks * 8192);
            long total = client.drain();
            assertThat(total).isGreaterThan((long) chunks * 8192);
        }
    }

    @Test
    void sendsFlushedBytesWhileTheGuestGoesOn() throws Exception {
        var release = new CountDownLatch(1);
        guest((request, response) -> {
            response.head(
                    200, HttpFields.of("content-type", "text/event-stream").freeze());
            response.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            response.flush();
            release.await();
            response.end(HttpFields.none());
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            client.readHead();
            assertThat(client.line()).isEqualTo("9");
            assertThat(client.line()).isEqualTo("data: 1");
            release.countDown();
        }
    }

    @Test
    void tellsTheGuestWhenTheClientIsGone() throws Exception {
        var sawClose = new AtomicBoolean();
        var entered = new CountDownLatch(1);
        guest((request, response) -> {
            entered.countDown();
            RequestBody body = request.body();
            while (body.available() >= 0) {
                body.awaitReadable(TimeUnit.SECONDS.toNanos(10));
                body.read(4096);
            }
            sawClose.set(body.failure().isPresent() && response.closed());
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 1000\r\n\r\nabc");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        }
        Eventually.until(sawClose::get);
    }

    @Test
    void namesTheLimitThatARequestGoesOver() throws Exception {
        guest((request, response) -> ScriptedGuest.answer(response, 200, "hello"));
        Answer headers = get("/", "x-long: " + "a".repeat(5000) + "\r\n");
        assertThat(headers.status()).isEqualTo(431);
        assertThat(headers.body()).contains("4096");
        Answer line = get("/" + "a".repeat(2000), "");
        assertThat(line.status()).isEqualTo(414);
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 99999999\r\n\r\n");
            Answer body = client.read();
            assertThat(body.status()).isEqualTo(413);
            assertThat(body.body()).contains(Long.toString(LIMITS.bodyBytes()));
        }
    }

    @Test
    void endsAConnectionWhoseBodyNobodyRead() throws Exception {
        guest((request, response) -> ScriptedGuest.answer(response, 200, "no thanks"));
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("POST / HTTP/1.1\r\nhost: hello.localhost\r\ncontent-length: 100000\r\n\r\nabc");
            String all = client.readToEnd();
            assertThat(all).startsWith("HTTP/1.1 200").endsWith("no thanks").contains("connection: close");
        }
    }

    @Test
    void speaksHttp2OverPlainText() throws Exception {
        guest((request, response) -> {
            int length = 0;
            RequestBody body = request.body();
            while (body.available() >= 0) {
                body.awaitReadable(TimeUnit.SECONDS.toNanos(5));
                length += body.read(65_536).length;
            }
            ScriptedGuest.answer(response, 200, request.authority() + " " + length);
        });
        ingress.routes(RouteTable.of(
                List.of(new Route("localhost", "/", List.of(new RouteTarget(revision(1), 100)))),
                found -> Optional.of(new Target(pool::submit, counters))));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            URI address = URI.create("http://localhost:" + ingress.port() + "/");
            HttpResponse<String> get =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(get.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(get.body()).isEqualTo("localhost:" + ingress.port() + " 0");
            HttpResponse<String> post = client.send(
                    HttpRequest.newBuilder(address)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(post.body()).endsWith(" 100000");
        }
    }

    @Test
    void refusesARequestWithoutAHost() throws Exception {
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void letsRequestsFinishWhenItDrains() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        guest((request, response) -> {
            entered.countDown();
            release.await();
            ScriptedGuest.answer(response, 200, "done");
        });
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            Thread drain = Thread.ofVirtual().start(() -> ingress.drain(Duration.ofSeconds(10)));
            release.countDown();
            assertThat(client.read().body()).isEqualTo("done");
            assertThat(drain.join(Duration.ofSeconds(15))).isTrue();
        }
    }

    private void guest(ScriptedGuest.Script script) {
        pool.add(instance(revision(1), 0), 1, new ScriptedGuest(script));
    }

    private Answer get(String path, String headers) throws IOException {
        try (RawClient client = new RawClient(ingress.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nhost: hello.localhost\r\n" + headers + "\r\n");
            return client.read();
        }
    }
}

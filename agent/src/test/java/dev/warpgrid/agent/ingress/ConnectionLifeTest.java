package dev.warpgrid.agent.ingress;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.guest.CallFailure;
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
import dev.warpgrid.model.WorkloadLimits;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When connections end: idle ones by time, none under a running call, and all of them politely while the node drains. */
class ConnectionLifeTest implements PoolEvents {
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: hello.localhost\r\n\r\n";
    private static final IngressLimits LIMITS =
            new IngressLimits(4096, 1024, 1 << 20, 16 << 10, 64 << 10, 16 << 10, 100, IDLE);

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final Pools pools = new Pools(PoolLimits.of(2));
    private final RevisionPool pool = pools.open(
            revision(1),
            new WorkloadLimits(ByteSize.ofMebibytes(1), Duration.ofSeconds(20), Duration.ofSeconds(20)),
            this);
    private final Ingress ingress = Ingress.open(vertx, LIMITS, "127.0.0.1", 0, 1);

    ConnectionLifeTest() {
        ingress.routes(RouteTable.of(
                List.of(route(revision(1))), found -> Optional.of(new Target(pool::submit, new RevisionCounters()))));
    }

    @AfterEach
    void close() {
        ingress.close();
        pools.close();
        var ignored = vertx.close();
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {}

    @Override
    public void ended(InstanceId instance, long incarnation) {}

    @Override
    public void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String id, String detail) {}

    @Test
    void keepsAConnectionWhoseCallIsSilentForLongerThanTheIdleTime() throws Exception {
        var idleConnectionsEnded = new CountDownLatch(1);
        guest((request, response) -> {
            idleConnectionsEnded.await();
            ScriptedGuest.answer(response, 200, "at last");
        });
        try (RawClient calling = connect();
                RawClient silent = connect()) {
            calling.send(REQUEST);
            // Three idle times in a row: the neighbour's connection ends each time, the caller's never.
            assertThat(silent.readToEnd()).isEmpty();
            for (int again = 0; again < 2; again++) {
                try (RawClient next = connect()) {
                    assertThat(next.readToEnd()).isEmpty();
                }
            }
            idleConnectionsEnded.countDown();
            assertThat(calling.read().body()).isEqualTo("at last");
        }
    }

    @Test
    void endsAConnectionThatSendsNoFurtherRequest() throws Exception {
        guest((request, response) -> ScriptedGuest.answer(response, 200, "once"));
        try (RawClient client = connect()) {
            client.send(REQUEST);
            assertThat(client.read().body()).isEqualTo("once");
            assertThat(client.readToEnd()).isEmpty();
        }
        Eventually.until(() -> ingress.connections() == 0);
    }

    @Test
    void endsAConnectionThatDripsItsHeaders() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET / HTTP/1.1\r\nhost: hello.localhost\r\n");
            var ended = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                client.readToEnd();
                ended.countDown();
            });
            for (int i = 0; i < 200 && !ended.await(50, TimeUnit.MILLISECONDS); i++) {
                dripOne(client);
            }
            assertThat(ended.getCount()).isZero();
        }
    }

    private static void dripOne(RawClient client) {
        try {
            client.send("x");
        } catch (IOException e) {
            // The connection has ended, which the reader sees too.
        }
    }

    @Test
    void tellsClientsThatKeepTheirConnectionsToGoElsewhereBeforeItDrains() throws Exception {
        guest((request, response) -> ScriptedGuest.answer(response, 200, "served"));
        try (RawClient client = connect()) {
            client.send(REQUEST);
            assertThat(client.read().header("connection")).isEmpty();

            Thread drain = Thread.ofVirtual().start(() -> ingress.drain(Duration.ofSeconds(10)));
            String goodbye = "";
            while (!goodbye.equals("close")) {
                client.send(REQUEST);
                Answer answer = client.read();
                assertThat(answer.body()).isEqualTo("served");
                goodbye = answer.header("connection").orElse("");
            }
            assertThat(client.readToEnd()).isEmpty();
            assertThat(drain.join(Duration.ofSeconds(5))).isTrue();
        }
    }

    private RawClient connect() throws IOException {
        return new RawClient(ingress.port());
    }

    private void guest(ScriptedGuest.Script script) {
        pool.add(instance(revision(1), 0), 1, new ScriptedGuest(script));
    }
}

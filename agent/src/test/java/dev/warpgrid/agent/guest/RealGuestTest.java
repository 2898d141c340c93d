package dev.warpgrid.agent.guest;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.route;
import static dev.warpgrid.agent.Samples.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.Http;
import dev.warpgrid.agent.ingress.Ingress;
import dev.warpgrid.agent.ingress.IngressLimits;
import dev.warpgrid.agent.ingress.RouteTable;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real engine behind the real ingress: the sample beside a guest that misbehaves. */
class RealGuestTest implements PoolEvents {
    private static final GraalWasmEngine ENGINE = GraalWasmEngine.create();
    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", "."));
    private static final RevisionId HELLO = revision(1);
    private static final RevisionId TROUBLE = RevisionId.parse("default/trouble@1");

    private final WasiGuests guests = new WasiGuests(ENGINE);
    private final Pools pools = new Pools(PoolLimits.of(2));
    private final Vertx vertx = Vertx.vertx();
    private final Ingress ingress = Ingress.open(vertx, IngressLimits.defaults(), "127.0.0.1", 0, 1);
    private final ConcurrentLinkedQueue<String> crashes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void closeEngine() {
        ENGINE.close();
    }

    @AfterEach
    void close() {
        ingress.close();
        pools.close();
        var ignored = vertx.close();
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {
        crashes.add(reason);
    }

    @Override
    public void ended(InstanceId instance, long incarnation) {}

    @Override
    public void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String id, String detail) {}

    @Test
    void guestsAreCompiledHere() {
        assertThat(ENGINE.info().compiled()).as(ENGINE.info().implementation()).isTrue();
    }

    @Test
    void answersWithTheSample() throws Exception {
        RevisionPool hello = open(HELLO, "examples/hello/hello.wasm", WorkloadLimits.defaults(), 1);
        routes(hello);
        String answer = Http.get(ingress.port(), "hello.localhost", "/");
        assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: ");
        assertThat(hello.load().memoryBytes()).isPositive();
    }

    @Test
    void stopsARunawayWithinTenMillisecondsOfItsLimitAndNeighboursGoOn() throws Exception {
        var limits = new WorkloadLimits(ByteSize.ofMebibytes(16), Duration.ofSeconds(20), Duration.ofMillis(300));
        RevisionPool hello = open(HELLO, "examples/hello/hello.wasm", WorkloadLimits.defaults(), 2);
        RevisionPool trouble = open(TROUBLE, "tests/guests/c/trouble.wasm", limits, 3);
        routes(hello, trouble);
        for (int i = 0; i < 2000; i++) {
            Http.status(ingress.port(), "hello.localhost", "/");
        }
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/loop")).isEqualTo(504);
        long before = trouble.load().cpuNanos();
        var counters = new RevisionCounters();
        var over = new AtomicBoolean();
        var failures = new AtomicLong();
        Thread neighbour = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                long begun = System.nanoTime();
                int status = Http.status(ingress.port(), "hello.localhost", "/");
                counters.answered(status, System.nanoTime() - begun);
                failures.addAndGet(status == 200 ? 0 : 1);
            }
        });

        assertThat(Http.status(ingress.port(), "trouble.localhost", "/loop")).isEqualTo(504);
        Duration used = Duration.ofNanos(trouble.load().cpuNanos() - before);
        over.set(true);
        neighbour.join();

        assertThat(used).isBetween(Duration.ofMillis(300), Duration.ofMillis(350));
        assertThat(failures.get()).isZero();
        double p99 = LatencyBuckets.quantileMillis(counters.totals().latencies(), 0.99);
        System.out.printf(
                "runaway: limit 300 ms, used %d us; neighbour: %d answers, p50 %.2f ms, p99 %.2f ms%n",
                used.toNanos() / 1000,
                counters.totals().requests(),
                LatencyBuckets.quantileMillis(counters.totals().latencies(), 0.5),
                p99);
        assertThat(counters.totals().requests()).isPositive();
        Eventually.until(() ->
                crashes.stream().filter(reason -> reason.startsWith("CpuLimit")).count() == 2);
    }

    @Test
    void containsTrapsRecursionGrowthAndWaitingForEver() throws Exception {
        var limits = new WorkloadLimits(ByteSize.ofMebibytes(8), Duration.ofMillis(800), Duration.ofMillis(600));
        RevisionPool trouble = open(TROUBLE, "tests/guests/c/trouble.wasm", limits, 6);
        routes(trouble);

        assertThat(Http.status(ingress.port(), "trouble.localhost", "/trap")).isEqualTo(500);
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/recurse")).isEqualTo(500);
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/never")).isEqualTo(504);
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/grow")).isBetween(200, 504);
        assertThat(trouble.load().memoryBytes()).isLessThanOrEqualTo(6L * (8 << 20));
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/silent")).isEqualTo(502);
        assertThat(Http.status(ingress.port(), "trouble.localhost", "/env")).isEqualTo(200);
        Eventually.until(() -> crashes.size() >= 3);
    }

    @Test
    void passesLinesOfTheGuestOn() throws Exception {
        RevisionPool trouble = open(TROUBLE, "tests/guests/c/trouble.wasm", WorkloadLimits.defaults(), 1);
        routes(trouble);
        Http.status(ingress.port(), "trouble.localhost", "/stderr");
        Eventually.until(() -> lines.stream().anyMatch(line -> line.startsWith("STDERR WARN")));
    }

    @Test
    void saysWhyAnArtifactCannotRun() throws Exception {
        assertThatThrownBy(() -> guests.prepare(workload(HELLO), new byte[] {0, 1, 2, 3}))
                .isInstanceOf(UnrunnableException.class);
        byte[] trouble = Files.readAllBytes(ROOT.resolve("tests/guests/c/trouble.wasm"));
        var tiny = new WorkloadLimits(new ByteSize(65_536), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatThrownBy(() -> guests.prepare(workload(TROUBLE, trouble, tiny), trouble))
                .isInstanceOf(UnrunnableException.class)
                .hasMessageContaining("64KiB");
    }

    private void routes(RevisionPool... pools) {
        ingress.routes(RouteTable.of(
                List.of(pools).stream().map(pool -> route(pool.revision())).toList(),
                revision -> List.of(pools).stream()
                        .filter(pool -> pool.revision().equals(revision))
                        .findFirst()
                        .map(pool -> new Target(pool::submit, new RevisionCounters()))));
    }

    private RevisionPool open(RevisionId revision, String component, WorkloadLimits limits, int instances)
            throws IOException {
        byte[] bytes = Files.readAllBytes(ROOT.resolve(component));
        Workload workload = workload(revision, bytes, limits);
        PreparedGuest prepared = guests.prepare(workload, bytes);
        RevisionPool pool = pools.open(revision, limits, this);
        for (int i = 0; i < instances; i++) {
            pool.add(
                    instance(revision, i),
                    1,
                    prepared.start((LogLine.Stream stream, LogLine.Level level, String text) ->
                            lines.add(stream + " " + level + " " + text)));
        }
        assertThat(Optional.of(pool.load().instances())).contains(instances);
        return pool;
    }
}

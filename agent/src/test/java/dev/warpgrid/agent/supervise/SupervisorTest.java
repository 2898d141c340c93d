package dev.warpgrid.agent.supervise;

import static dev.warpgrid.agent.Samples.artifact;
import static dev.warpgrid.agent.Samples.desired;
import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.workload;
import static dev.warpgrid.model.InstanceState.BACKING_OFF;
import static dev.warpgrid.model.InstanceState.DRAINING;
import static dev.warpgrid.model.InstanceState.FAILED;
import static dev.warpgrid.model.InstanceState.PENDING;
import static dev.warpgrid.model.InstanceState.RUNNING;
import static dev.warpgrid.model.InstanceState.STARTING;
import static dev.warpgrid.model.InstanceState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.Http;
import dev.warpgrid.agent.guest.GuestCrashException;
import dev.warpgrid.agent.guest.PoolLimits;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.agent.guest.ScriptedGuest;
import dev.warpgrid.agent.ingress.Ingress;
import dev.warpgrid.agent.ingress.IngressLimits;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.agent.journal.RestartJournal;
import dev.warpgrid.agent.journal.StateJournal;
import dev.warpgrid.agent.logs.LogFilter;
import dev.warpgrid.agent.logs.LogLimits;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.agent.reconcile.BackoffPolicy;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir
    private Path home;

    private final ManualFactory factory = new ManualFactory();
    private final RecordedFacts facts = new RecordedFacts();
    private final Vertx vertx = Vertx.vertx();
    private final Ingress ingress = Ingress.open(vertx, IngressLimits.defaults(), "127.0.0.1", 0, 1);
    private Optional<Node> running = Optional.empty();

    /** The supervisor with its surroundings, as one process has them. */
    private record Node(Supervisor supervisor, Pools pools, LogStore logs) {
        void close() {
            supervisor.close();
            pools.close();
            logs.close();
        }
    }

    @AfterEach
    void close() {
        running.ifPresent(Node::close);
        ingress.close();
        var ignored = vertx.close();
    }

    @Test
    void bringsAnInstanceFromPendingToAnAnswer() throws Exception {
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(1, workload(revision(1)), 1));

        Eventually.until(() -> status("/") == 200);
        assertThat(facts.states(instance(revision(1), 0))).containsExactly(PENDING, STARTING, RUNNING);
        assertThat(facts.facts).extracting(InstanceFact::sequence).containsExactly(1L, 2L, 3L);
        assertThat(facts.applied).containsExactly(1L);
    }

    @Test
    void saysWhyAnArtifactCannotRun() throws Exception {
        factory.unrunnable = "It imports wasi:gpu/device, which no node gives.";
        start(artifact()).apply(desired(1, workload(revision(1)), 1));

        Eventually.until(() -> facts.states(instance(revision(1), 0)).contains(FAILED));
        assertThat(facts.facts.getLast().reason()).isEqualTo(factory.unrunnable);
        assertThat(status("/")).isEqualTo(503);
    }

    @Test
    void startsACrashedInstanceAgainAndCountsIt() throws Exception {
        factory.script = (request, response) -> {
            if (request.pathWithQuery().equals("/trap")) {
                throw new GuestCrashException("UNREACHABLE: panic");
            }
            ScriptedGuest.answer(response, 200, "hello");
        };
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(1, workload(revision(1)), 1));
        Eventually.until(() -> status("/") == 200);

        assertThat(status("/trap")).isEqualTo(500);
        Eventually.until(() -> status("/") == 200);
        assertThat(facts.states(instance(revision(1), 0)))
                .containsExactly(PENDING, STARTING, RUNNING, BACKING_OFF, STARTING, RUNNING);
        assertThat(facts.facts.getLast().restarts()).isEqualTo(1);
        assertThat(facts.events).anyMatch(event -> event.reason().equals("GuestTrapped"));
        assertThat(running.orElseThrow().logs().tail(LogFilter.all(revision(1).deployment()), 10))
                .anyMatch(line -> line.text().contains("UNREACHABLE: panic")
                        && line.text().contains("in request"));
    }

    @Test
    void waitsLongerAndLongerWhileAnInstanceCannotStart() throws Exception {
        factory.startFailure = "its start function trapped";
        start(artifact()).apply(desired(1, workload(revision(1)), 1));

        Eventually.until(() -> factory.starts.get() >= 4);
        long begun = System.nanoTime();
        Eventually.until(() -> factory.starts.get() >= 5);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isGreaterThan(200);
        factory.startFailure = "";
        Eventually.until(() -> facts.states(instance(revision(1), 0)).contains(RUNNING));
    }

    @Test
    void replacesARevisionWithoutAFailedRequest() throws Exception {
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(1, workload(revision(1)), 2));
        Eventually.until(() -> status("/") == 200);

        supervisor.apply(desired(2, workload(revision(2)), 2));
        for (int i = 0; i < 300; i++) {
            assertThat(status("/")).isEqualTo(200);
        }
        Eventually.until(() -> facts.states(instance(revision(1), 0)).contains(STOPPED));
        assertThat(facts.states(instance(revision(1), 0)))
                .containsExactly(PENDING, STARTING, RUNNING, DRAINING, STOPPED);
        Eventually.until(() -> factory.closed.get() == 1);
        assertThat(supervisor.present())
                .hasSize(2)
                .allMatch(fact -> fact.revision().equals(revision(2)));
    }

    @Test
    void leavesAnOlderGenerationAside() throws Exception {
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(5, workload(revision(1)), 1));
        Eventually.until(() -> status("/") == 200);
        supervisor.apply(desired(4, workload(revision(1)), 0));
        supervisor.apply(desired(6, workload(revision(1)), 2));

        Eventually.until(() -> supervisor.present().size() == 2);
        assertThat(facts.states(instance(revision(1), 0))).doesNotContain(DRAINING, STOPPED);
    }

    @Test
    void servesAgainAfterARestartWithoutAServer() throws Exception {
        factory.script = (request, response) -> {
            if (request.pathWithQuery().equals("/trap")) {
                throw new GuestCrashException("UNREACHABLE");
            }
            ScriptedGuest.answer(response, 200, "hello");
        };
        start(artifact()).apply(desired(3, workload(revision(1)), 1));
        Eventually.until(() -> status("/") == 200);
        assertThat(status("/trap")).isEqualTo(500);
        Eventually.until(() -> status("/") == 200);
        running.orElseThrow().close();
        facts.facts.clear();

        Supervisor again = start(new byte[0]);
        again.resume();
        Eventually.until(() -> status("/") == 200);
        assertThat(again.generation()).isEqualTo(3);
        assertThat(again.present()).singleElement().satisfies(fact -> {
            assertThat(fact.state()).isEqualTo(RUNNING);
            assertThat(fact.restarts()).isEqualTo(1);
        });
    }

    @Test
    void triesAFailedDownloadAgain() throws Exception {
        var available = new CountDownLatch(1);
        Supervisor supervisor = start((store, digest, bytes) -> {
            if (available.getCount() > 0) {
                throw new IOException("The server is away.");
            }
            store.put(digest, bytes, once(artifact()));
        });
        supervisor.apply(desired(1, workload(revision(1)), 1));
        Eventually.until(
                () -> facts.events.stream().anyMatch(event -> event.reason().equals("ArtifactFetchFailed")));
        available.countDown();
        Eventually.until(() -> status("/") == 200);
    }

    @Test
    void endsACallThatOutlivesItsDrainOnlyWhenToldToStop() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        factory.script = (request, response) -> {
            entered.countDown();
            release.await();
            ScriptedGuest.answer(response, 200, "late");
        };
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(1, workload(revision(1)), 1));
        Eventually.until(() -> !facts.facts.isEmpty() && facts.facts.getLast().state() == RUNNING);
        var status = new CompletableFuture<Integer>();
        Thread.ofVirtual().start(() -> status.complete(status("/")));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        supervisor.apply(new DesiredState(2, List.of(), List.of(), List.of()));
        Eventually.until(() -> facts.states(instance(revision(1), 0)).contains(DRAINING));
        release.countDown();
        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        Eventually.until(() -> supervisor.present().isEmpty());
    }

    @Test
    void takesAThousandInstancesUpAndDown() throws Exception {
        Supervisor supervisor = start(artifact());
        supervisor.apply(desired(1, workload(revision(1)), 1000));
        Eventually.until(() -> count(supervisor, RUNNING) == 1000);
        supervisor.apply(desired(2, workload(revision(1)), 10));
        Eventually.until(() -> supervisor.present().size() == 10);
        supervisor.apply(desired(3, workload(revision(2)), 1000));
        Eventually.until(() -> count(supervisor, RUNNING) == 1000);
        assertThat(supervisor.present()).allMatch(fact -> fact.revision().equals(revision(2)));
        assertThat(status("/")).isEqualTo(200);
        assertThat(facts.facts).extracting(InstanceFact::sequence).isSorted().doesNotHaveDuplicates();
    }

    private static long count(Supervisor supervisor, InstanceState state) {
        return supervisor.present().stream()
                .filter(fact -> fact.state() == state)
                .count();
    }

    /** A source that has the store at hand. */
    @FunctionalInterface
    private interface Download {
        void into(ArtifactStore store, Digest digest, long bytes) throws IOException;
    }

    private static ArtifactStore.Source once(byte[] bytes) {
        Iterator<byte[]> pieces = List.of(bytes).iterator();
        return () -> pieces.hasNext() ? Optional.of(pieces.next()) : Optional.empty();
    }

    private Supervisor start(byte[] artifact) {
        return start((store, digest, bytes) -> store.put(digest, bytes, once(artifact)));
    }

    private Supervisor start(Download download) {
        var node = new NodeId("node-1");
        var pools = new Pools(PoolLimits.of(2));
        var logs = new LogStore(
                home.resolve("logs"), node, LogLimits.defaults(), InstantSource.system(), (id, count) -> {});
        var store = new ArtifactStore(home.resolve("artifacts"), 1 << 20);
        var supervisor = new Supervisor(new SupervisorParts(
                node,
                SupervisorLimits.of(1L << 30),
                BackoffPolicy.defaults(),
                InstantSource.system(),
                factory,
                pools,
                store,
                (digest, bytes) -> download.into(store, digest, bytes),
                new StateJournal(home.resolve("journal")),
                new RestartJournal(home.resolve("journal")),
                logs,
                facts,
                local -> ingress.routes(local.table())));
        running = Optional.of(new Node(supervisor, pools, logs));
        return supervisor;
    }

    private int status(String path) {
        return Http.status(ingress.port(), "hello.localhost", path);
    }
}

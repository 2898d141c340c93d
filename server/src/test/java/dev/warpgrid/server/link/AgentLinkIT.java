package dev.warpgrid.server.link;

import static dev.warpgrid.server.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.LogEntry;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.NodeView;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.InstanceState;
import dev.warpgrid.protocol.v1.LogBatch;
import dev.warpgrid.protocol.v1.LogEnd;
import dev.warpgrid.protocol.v1.LogLine;
import dev.warpgrid.protocol.v1.LogStream;
import dev.warpgrid.protocol.v1.Welcome;
import dev.warpgrid.server.pki.CertificateAuthority;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.testing.FakeAgentKeys;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real gRPC over TLS on the loopback, a real PostgreSQL, the real controller; agents without guests. */
class AgentLinkIT {
    private static @Nullable TestPostgres postgres;

    @TempDir
    Path home;

    private @Nullable MigratedDatabase databaseOrNull;
    private @Nullable LinkFixture gridOrNull;
    private final List<FakeAgent> agents = new ArrayList<>();

    @BeforeAll
    static void startPostgres() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void start() {
        if (postgres != null) {
            MigratedDatabase database = new MigratedDatabase(postgres);
            databaseOrNull = database;
            gridOrNull = new LinkFixture(database, home);
        }
    }

    @AfterEach
    void stop() {
        agents.forEach(FakeAgent::close);
        grid().close();
    }

    private LinkFixture grid() {
        if (gridOrNull == null) {
            throw new AssertionError("the grid did not start");
        }
        return gridOrNull;
    }

    private FakeAgent joined(String name) {
        FakeAgent agent = grid().join(name);
        agents.add(agent);
        return agent;
    }

    private FakeAgent connected(String name) {
        FakeAgent agent = joined(name).connect();
        eventually(() -> assertThat(grid().facts.isConnected(new dev.warpgrid.model.NodeId(agent.node)))
                .isTrue());
        return agent;
    }

    private FakeAgent stranger() {
        FakeAgent agent =
                new FakeAgent(grid().port.port(), grid().identity.authority().certificate());
        agents.add(agent);
        return agent;
    }

    private static Status statusOf(FakeAgent agent) {
        eventually(() -> assertThat(agent.ended).isNotNull());
        Status ended = agent.ended;
        return ended == null ? Status.OK : ended;
    }

    private void awaitState(StoredDeployment deployment, DeploymentStatus.State state) {
        eventually(() -> {
            DeploymentStatus status = grid().observations.status(deployment);
            assertThat(status.state()).as(status.sentence()).isEqualTo(state);
        });
    }

    @Test
    void aNodeJoinsWithATokenAndIsSeen() {
        FakeAgent agent = connected("alpha");
        assertThat(agent.node).isEqualTo("alpha");
        eventually(() -> assertThat(agent.welcome).isNotNull());
        Welcome welcome = agent.welcome;
        assertThat(welcome == null ? 0 : welcome.getHeartbeatIntervalMillis()).isPositive();
        eventually(() -> assertThat(grid().nodes.list(Caller.system()))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.id()).isEqualTo("alpha");
                    assertThat(node.state()).isEqualTo(NodeView.State.READY);
                    assertThat(node.memoryBytes()).isEqualTo(1L << 30);
                    assertThat(node.labels()).containsEntry("zone", "a");
                }));
        eventually(
                () -> assertThat(grid().events.stream().map(NewEvent::reason)).contains("NodeJoined"));
    }

    @Test
    void anotherNodeOfTheSameNameGetsASuffix() {
        assertThat(joined("alpha").node).isEqualTo("alpha");
        assertThat(joined("alpha").node).isEqualTo("alpha-2");
        assertThat(joined("Meine Kiste!").node).isEqualTo("meine-kiste");
    }

    @Test
    void refusesAJoinTokenThatWasUsed() {
        String token = grid().joinToken();
        stranger().join(token, "alpha");
        assertThatThrownBy(() -> stranger().join(token, "beta"))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("was used already");
        assertThat(grid().nodes.list(Caller.system())).hasSize(1);
    }

    @Test
    void refusesTokensItNeverGave() {
        String token = grid().joinToken();
        String wrongSecret = token.replaceFirst("_[0-9a-f]{64}_", "_" + "0".repeat(64) + "_");
        assertThatThrownBy(() -> stranger().join(wrongSecret, "a")).hasMessageContaining("not known");
        assertThatThrownBy(() -> stranger().join("hello", "a")).hasMessageContaining("no join token");
        String otherGrid = token.substring(0, token.lastIndexOf('_') + 1) + "0".repeat(64);
        assertThatThrownBy(() -> stranger().join(otherGrid, "a")).hasMessageContaining("another grid");
        assertThat(grid().nodes.list(Caller.system())).isEmpty();
    }

    @Test
    void refusesATokenThatExpired() {
        String token = grid().joinToken();
        database().execute("update join_token set expires_at = now() - interval '1 second'");
        assertThatThrownBy(() -> stranger().join(token, "a")).hasMessageContaining("expired");
    }

    private MigratedDatabase database() {
        if (databaseOrNull == null) {
            throw new AssertionError("the database did not start");
        }
        return databaseOrNull;
    }

    @Test
    void refusesTheLinkWithoutACertificate() {
        FakeAgent agent = joined("alpha").connect(false);
        Status status = statusOf(agent);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status.getDescription()).contains("join the grid first");
    }

    @Test
    void refusesACertificateThatAnotherAuthorityMadeInItsName() {
        FakeAgent agent = joined("alpha");
        X509Certificate authority = grid().identity.authority().certificate();
        agent.chainPem = agent.keys.forgedChainPem(authority, "alpha");
        assertThat(statusOf(agent.connect()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(grid().facts.all()).isEmpty();
    }

    @Test
    void anAgentDoesNotTrustAServerOfAnotherAuthority(@TempDir Path other) {
        FakeAgent agent = new FakeAgent(
                grid().port.port(),
                CertificateAuthority.open(other, Instant.now()).certificate());
        agents.add(agent);
        assertThatThrownBy(() -> agent.join(grid().joinToken(), "alpha"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void refusesADeletedNodeForGood() {
        FakeAgent agent = connected("alpha");
        assertThatThrownBy(() -> grid().nodes.delete(Caller.system(), "alpha"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("is connected");
        agent.vanish();
        eventually(() -> grid().nodes.delete(Caller.system(), "alpha"));
        assertThat(grid().nodes.list(Caller.system())).isEmpty();
        Status status = statusOf(agent.connect());
        assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(status.getDescription()).contains("join again");
        assertThat(joined("alpha").node).isEqualTo("alpha-2");
    }

    @Test
    void refusesAnAgentOfAVersionItDoesNotKnow() {
        FakeAgent agent = joined("alpha");
        agent.protocolVersion = 99;
        Status status = statusOf(agent.connect());
        assertThat(status.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(status.getDescription()).contains("version 99", "update the older");
    }

    @Test
    void aNewerConnectionOfANodeTakesTheOlderOnesPlace() {
        FakeAgent first = connected("alpha");
        FakeAgent second = stranger();
        second.keys = first.keys;
        second.chainPem = first.chainPem;
        second.node = first.node;
        second.connect();
        assertThat(statusOf(first).getCode()).isEqualTo(Status.Code.ABORTED);
        grid().intent.deploy("web", 1, 1);
        eventually(() -> assertThat(second.assigned()).hasSize(1));
        assertThat(grid().facts.isConnected(new dev.warpgrid.model.NodeId("alpha")))
                .isTrue();
    }

    @Test
    void deploysScalesReplacesAndDeletes() {
        FakeAgent agent = connected("alpha");
        StoredDeployment web = grid().intent.deploy("web", 1, 2);
        awaitState(web, DeploymentStatus.State.READY);
        assertThat(agent.received.getLast().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.host()).isEqualTo("web.default.localhost"));
        assertThat(grid().instances.list(Caller.system(), "default", "web"))
                .hasSize(2)
                .allMatch(instance -> instance.state().equals("RUNNING") && instance.reachable());
        List<InstanceId> before = agent.assigned();

        // The same with another count keeps what runs.
        StoredDeployment scaled = grid().intent.deploy("web", 2, 3, "v1");
        awaitState(scaled, DeploymentStatus.State.READY);
        assertThat(agent.assigned()).containsAll(before).hasSize(3);

        // Another revision replaces all, and the routes follow.
        StoredDeployment newer = grid().intent.deploy("web", 3, 3, "v2");
        awaitState(newer, DeploymentStatus.State.READY);
        eventually(() -> assertThat(agent.assigned()).hasSize(3).doesNotContainAnyElementsOf(before));
        assertThat(agent.received
                        .getLast()
                        .routes()
                        .getFirst()
                        .targets()
                        .getFirst()
                        .revision()
                        .number())
                .isEqualTo(3);

        grid().intent.remove("web");
        eventually(() -> assertThat(agent.assigned()).isEmpty());
        assertThat(agent.received.stream().map(dev.warpgrid.model.DesiredState::generation))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void saysWhatStandsInTheWay() {
        FakeAgent agent = connected("alpha");
        agent.obeys = false;
        StoredDeployment web = grid().intent.deploy("web", 1, 1);
        eventually(() -> assertThat(agent.assigned()).hasSize(1));
        agent.report(
                agent.assigned().getFirst().value(),
                "default/web@1",
                InstanceState.INSTANCE_STATE_BACKING_OFF,
                "The guest trapped: unreachable",
                3);
        awaitState(web, DeploymentStatus.State.UNAVAILABLE);
        assertThat(grid().observations.status(web).sentence()).contains("trapped: unreachable", "see its logs");
        assertThat(grid().observations.status(web).restarts()).isEqualTo(3);
        eventually(() -> assertThat(grid().events).anySatisfy(event -> {
            assertThat(event.reason()).isEqualTo("InstanceCrashed");
            assertThat(event.deployment()).isEqualTo("web");
            assertThat(event.node()).isEqualTo("alpha");
        }));
    }

    @Test
    void replacesInstancesOfALostNodeAndMakesNoDoubleOnItsReturn() {
        FakeAgent alpha = connected("alpha");
        FakeAgent beta = connected("beta");
        StoredDeployment web = grid().intent.deploy("web", 1, 2);
        awaitState(web, DeploymentStatus.State.READY);
        assertThat(alpha.assigned()).hasSize(1);
        alpha.vanish();
        eventually(() -> assertThat(beta.assigned()).hasSize(2));
        awaitState(web, DeploymentStatus.State.READY);
        eventually(() ->
                assertThat(grid().events.stream().map(NewEvent::reason)).contains("NodeLost", "InstanceReplaced"));
        alpha.connect();
        eventually(() -> assertThat(alpha.running).isEmpty());
        assertThat(beta.assigned()).hasSize(2);
        eventually(
                () -> assertThat(grid().events.stream().map(NewEvent::reason)).contains("NodeReturned"));
    }

    @Test
    void keepsEverythingThroughARestartOfTheServer() {
        FakeAgent agent = connected("alpha");
        StoredDeployment web = grid().intent.deploy("web", 1, 2);
        awaitState(web, DeploymentStatus.State.READY);
        List<InstanceId> before = agent.assigned();
        long generation = agent.received.getLast().generation();
        agent.vanish();
        grid().close();
        LinkFixture restarted = new LinkFixture(database(), home, grid().intent);
        gridOrNull = restarted;
        FakeAgent same = stranger();
        same.keys = agent.keys;
        same.chainPem = agent.chainPem;
        same.running.putAll(agent.running);
        same.received.addAll(agent.received);
        eventually(() -> {
            same.connect();
            eventually(
                    () -> assertThat(same.ended != null || same.welcome != null).isTrue());
            assertThat(same.welcome).isNotNull();
        });
        awaitState(web, DeploymentStatus.State.READY);
        assertThat(same.assigned()).isEqualTo(before);
        assertThat(same.received.getLast().generation()).isEqualTo(generation);
    }

    @Test
    void goesOnThroughAnAbsenceOfTheDatabase() {
        FakeAgent agent = connected("alpha");
        StoredDeployment web = grid().intent.deploy("web", 1, 1);
        awaitState(web, DeploymentStatus.State.READY);
        List<InstanceId> before = agent.assigned();
        TestPostgres running = postgres;
        if (running != null) {
            running.pause();
            assertThat(grid().observations.status(web).state()).isEqualTo(DeploymentStatus.State.READY);
            running.resume();
        }
        StoredDeployment more = grid().intent.deploy("web", 2, 2, "v1");
        awaitState(more, DeploymentStatus.State.READY);
        assertThat(agent.assigned()).containsAll(before);
        assertThat(agent.ended).isNull();
    }

    @Test
    void sendsArtifactsTheNodeIsToRunAndNoOthers() {
        byte[] content = new byte[3_500_001];
        Arrays.fill(content, (byte) 7);
        content[3_500_000] = 9;
        grid().artifacts.put(InMemoryIntent.ARTIFACT, content);
        FakeAgent agent = connected("alpha");
        assertThatThrownBy(() -> agent.fetch(InMemoryIntent.ARTIFACT.value())).hasMessageContaining("NOT_FOUND");
        awaitState(grid().intent.deploy("web", 1, 1), DeploymentStatus.State.READY);
        assertThat(agent.fetch(InMemoryIntent.ARTIFACT.value())).isEqualTo(content);
        assertThatThrownBy(() -> agent.fetch("sha256:0")).hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void renewsACertificateWhileTheOldOneLasts() {
        FakeAgent agent = connected("alpha");
        FakeAgentKeys fresh = FakeAgentKeys.onCurve("secp256r1");
        String chain = agent.renew(fresh);
        agent.vanish();
        agent.keys = fresh;
        agent.chainPem = chain;
        agent.welcome = null;
        agent.connect();
        eventually(() -> assertThat(agent.welcome).isNotNull());
    }

    /** Collects what a reader gets. */
    private static final class Reader implements LogListener {
        final List<LogEntry> lines = new CopyOnWriteArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);
        final java.util.concurrent.atomic.AtomicLong dropped = new java.util.concurrent.atomic.AtomicLong();

        @Override
        public void lines(List<LogEntry> batch, long lost) {
            lines.addAll(batch);
            dropped.addAndGet(lost);
        }

        @Override
        public void end() {
            ended.countDown();
        }

        List<String> texts() {
            return lines.stream().map(LogEntry::text).toList();
        }
    }

    private static AgentMessage batch(long subscription, long dropped, LogLine... lines) {
        return AgentMessage.newBuilder()
                .setLogs(LogBatch.newBuilder()
                        .setSubscription(subscription)
                        .setDropped(dropped)
                        .addAllLines(List.of(lines)))
                .build();
    }

    private static LogLine line(long micros, String text) {
        return LogLine.newBuilder()
                .setAtEpochMicros(micros)
                .setInstanceId("web-1")
                .setRevision("default/web@1")
                .setSequence(micros)
                .setStream(LogStream.LOG_STREAM_STDOUT)
                .setText(text)
                .build();
    }

    private static long subscription(FakeAgent agent) {
        eventually(() -> assertThat(agent.subscriptions).hasSize(1));
        return agent.subscriptions.getFirst().getSubscription();
    }

    @Test
    void mergesTheLinesOfAllNodesInTheOrderOfTheirTime() throws InterruptedException {
        FakeAgent alpha = connected("alpha");
        FakeAgent beta = connected("beta");
        Reader reader = new Reader();
        grid().observations.logs(new DeploymentId("default", "web"), new LogQuery(null, 3, false, null), reader);
        long first = subscription(alpha);
        long second = subscription(beta);
        alpha.send(batch(first, 0, line(1, "a1"), line(3, "a3"), line(5, "a5")));
        beta.send(batch(second, 2, line(2, "b2"), line(4, "b4")));
        alpha.send(AgentMessage.newBuilder()
                .setLogEnd(LogEnd.newBuilder().setSubscription(first))
                .build());
        beta.send(AgentMessage.newBuilder()
                .setLogEnd(LogEnd.newBuilder().setSubscription(second))
                .build());
        assertThat(reader.ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.texts()).containsExactly("a3", "b4", "a5");
        assertThat(reader.dropped.get()).isEqualTo(2);
        eventually(() -> assertThat(alpha.subscriptions).isEmpty());
    }

    @Test
    void followsAndAsksANodeThatComesBackForWhatIsNew() throws InterruptedException {
        FakeAgent alpha = connected("alpha");
        Reader reader = new Reader();
        Subscription reading = grid().observations
                .logs(new DeploymentId("default", "web"), new LogQuery(null, 10, true, null), reader);
        alpha.send(batch(subscription(alpha), 0, line(1_000_000, "one")));
        eventually(() -> assertThat(reader.texts()).containsExactly("one"));
        alpha.vanish();
        eventually(() -> assertThat(grid().facts.isConnected(new dev.warpgrid.model.NodeId("alpha")))
                .isFalse());
        alpha.subscriptions.clear();
        alpha.connect();
        long again = subscription(alpha);
        assertThat(alpha.subscriptions.getFirst().getSinceEpochMillis()).isEqualTo(1000);
        alpha.send(batch(again, 0, line(1_000_000, "one"), line(2_000_000, "two")));
        eventually(() -> assertThat(reader.texts()).containsExactly("one", "two"));
        reading.close();
        assertThat(reader.ended.await(20, TimeUnit.SECONDS)).isTrue();
        eventually(() -> assertThat(alpha.subscriptions).isEmpty());
    }

    @Test
    void passesOverBatchesForReadersItDoesNotKnow() {
        FakeAgent alpha = connected("alpha");
        alpha.send(batch(4711, 0, line(1, "x")));
        StoredDeployment web = grid().intent.deploy("web", 1, 1);
        awaitState(web, DeploymentStatus.State.READY);
        assertThat(alpha.ended).isNull();
    }
}

package dev.warpgrid.agent.link;

import static dev.warpgrid.agent.Samples.desired;
import static dev.warpgrid.agent.Samples.digest;
import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.agent.Eventually;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.agent.logs.LogLimits;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.agent.supervise.NodeEvent;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import dev.warpgrid.protocol.v1.Hello;
import dev.warpgrid.protocol.v1.LogSubscribe;
import dev.warpgrid.protocol.v1.MeshPeer;
import dev.warpgrid.protocol.v1.RouteGroup;
import dev.warpgrid.protocol.v1.ServerMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLinkTest implements NodeView {
    @TempDir
    private Path home;

    private final Outbox outbox = new Outbox();
    private final List<DesiredState> applied = new CopyOnWriteArrayList<>();
    private final List<InstanceFact> present = new CopyOnWriteArrayList<>();
    private final List<GridRoutesChange> routeChanges = new CopyOnWriteArrayList<>();
    private final List<NodeIdentity> renewedTo = new CopyOnWriteArrayList<>();
    private TestServer server;
    private LogStore logs;
    private ArtifactStore artifacts;
    private Optional<ServerLink> link = Optional.empty();

    ServerLinkTest() throws Exception {
        server = new TestServer(new TestCa(), 0);
        logs = new LogStore(
                Files.createTempDirectory("logs"),
                new NodeId("node-7"),
                LogLimits.defaults(),
                InstantSource.system(),
                (id, count) -> {});
        artifacts = new ArtifactStore(Files.createTempDirectory("artifacts"), 1 << 20);
    }

    @BeforeEach
    void present() {
        present.add(fact(1, InstanceState.RUNNING));
    }

    @AfterEach
    void close() {
        link.ifPresent(ServerLink::close);
        server.close();
        logs.close();
    }

    @Test
    void joinsAndKeepsItsIdentityPrivate() throws Exception {
        NodeIdentity identity = join();

        assertThat(identity.node()).isEqualTo(new NodeId("node-7"));
        assertThat(NodeIdentity.load(home))
                .hasValueSatisfying(loaded -> assertThat(loaded.certificate()).isEqualTo(identity.certificate()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("node.pem"))))
                .isEqualTo("rw-------");
        assertThat(identity.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void doesNotJoinAServerWithAnotherCa() throws Exception {
        JoinToken other = JoinToken.parse(TestServer.TOKEN_SECRET + new TestCa().fingerprint());
        assertThatThrownBy(() -> Enrollment.join(server.address(), other, "n", home))
                .isInstanceOf(IOException.class);
        assertThat(NodeIdentity.load(home)).isEmpty();
    }

    @Test
    void saysWhyTheServerRefusesAToken() throws Exception {
        JoinToken used = JoinToken.parse("warpjoin_old_secret_" + server.ca.fingerprint());
        assertThatThrownBy(() -> Enrollment.join(server.address(), used, "n", home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The token was used before.");
    }

    @Test
    void refusesACutToken() {
        assertThatThrownBy(() -> JoinToken.parse("warpjoin_a_b_123"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copy all of it");
    }

    @Test
    void greetsWithAllItHasAndGoesOnWithHeartbeats() throws Exception {
        connect();
        Hello hello = await(AgentMessage::hasHello).getHello();

        assertThat(hello.getProcessId()).isEqualTo("process-1");
        assertThat(hello.getAppliedGeneration()).isEqualTo(41);
        assertThat(hello.getInstancesList())
                .singleElement()
                .satisfies(fact -> assertThat(fact.getInstanceId())
                        .isEqualTo(instance(revision(1), 0).value()));
        assertThat(hello.getNode().getInterfacesList()).containsExactly("wasi:http/types@0.2.12");
        await(AgentMessage::hasHeartbeat);
        await(AgentMessage::hasMetrics);
        assertThat(link.orElseThrow().connected()).isTrue();
    }

    @Test
    void appliesADesiredStateAndTellsFactsAndEvents() throws Exception {
        connect();
        await(AgentMessage::hasHello);
        server.send(ServerMessage.newBuilder()
                .setDesiredState(StateMapping.toMessage(desired(42, workload(revision(1)), 2)))
                .build());
        Eventually.until(() -> applied.size() == 1);
        assertThat(applied.getFirst()).isEqualTo(desired(42, workload(revision(1)), 2));

        outbox.fact(fact(2, InstanceState.BACKING_OFF));
        outbox.applied(42);
        outbox.event(event());
        AgentMessage facts = await(AgentMessage::hasFacts);
        assertThat(facts.getFacts().getFacts(0).getSequence()).isEqualTo(2);
        assertThat(await(AgentMessage::hasApplied).getApplied().getGeneration()).isEqualTo(42);
        assertThat(await(AgentMessage::hasEvent).getEvent().getReason()).isEqualTo("CallTimedOut");
    }

    @Test
    void comesBackAfterTheServerWasAwayWithWhatHappenedMeanwhile() throws Exception {
        connect();
        await(AgentMessage::hasHello);
        int port = server.port();
        TestCa ca = server.ca;
        server.close();
        Eventually.until(() -> !link.orElseThrow().connected());
        present.clear();
        present.add(fact(9, InstanceState.RUNNING));
        outbox.fact(fact(8, InstanceState.STARTING));
        outbox.fact(new InstanceFact(
                7,
                Instant.now(),
                new NodeId("node-7"),
                instance(revision(1), 5),
                revision(1),
                InstanceState.STOPPED,
                "",
                0,
                0));
        outbox.event(event());
        outbox.event(event());

        server = new TestServer(ca, port);
        Hello hello = await(AgentMessage::hasHello).getHello();
        assertThat(hello.getInstances(0).getSequence()).isEqualTo(9);
        AgentMessage facts = await(AgentMessage::hasFacts);
        assertThat(facts.getFacts().getFactsList())
                .singleElement()
                .satisfies(fact -> assertThat(fact.getSequence()).isEqualTo(7));
        assertThat(await(AgentMessage::hasEvent).getEvent().getCount()).isEqualTo(2);
    }

    @Test
    void fetchesAnArtifactIntoTheStore() throws Exception {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 3);
        server.artifact = bytes;
        connect();
        link.orElseThrow().fetch(digest(bytes), bytes.length);
        assertThat(artifacts.read(digest(bytes)))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
        assertThatThrownBy(() -> link.orElseThrow().fetch(digest(new byte[1]), bytes.length))
                .isInstanceOf(IOException.class);
    }

    @Test
    void servesLogSubscriptionsWithTailFollowAndEnd() throws Exception {
        var log = logs.open(instance(revision(1), 0), revision(1));
        log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "before");
        connect();
        await(AgentMessage::hasHello);
        server.send(ServerMessage.newBuilder()
                .setLogSubscribe(LogSubscribe.newBuilder()
                        .setSubscription(5)
                        .setDeployment("default/hello")
                        .setTail(10)
                        .setFollow(true))
                .build());
        assertThat(await(AgentMessage::hasLogs).getLogs().getLines(0).getText()).isEqualTo("before");
        log.line(LogLine.Stream.STDOUT, LogLine.Level.INFO, "after");
        await(message ->
                message.hasLogs() && message.getLogs().getLines(0).getText().equals("after"));

        server.send(ServerMessage.newBuilder()
                .setLogSubscribe(LogSubscribe.newBuilder().setSubscription(6).setDeployment("no deployment"))
                .build());
        assertThat(await(AgentMessage::hasLogEnd).getLogEnd().getSubscription()).isEqualTo(6);
    }

    @Test
    void renewsItsCertificateAfterTwoThirdsOfItsLife() throws Exception {
        server.certificateAge = Duration.ofMinutes(50);
        Instant before = connect().certificate().getNotAfter().toInstant();

        Eventually.until(() -> server.renewals.get() == 1);
        Eventually.until(() -> notAfter().isAfter(before));
        Eventually.until(() -> renewedTo.size() == 1);
        Eventually.until(() -> link.orElseThrow().connected());
        await(AgentMessage::hasHello);
    }

    private Instant notAfter() {
        try {
            return NodeIdentity.load(home)
                    .orElseThrow()
                    .certificate()
                    .getNotAfter()
                    .toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NodeIdentity join() throws Exception {
        return Enrollment.join(server.address(), JoinToken.parse(server.token()), "node", home);
    }

    private NodeIdentity connect() throws Exception {
        NodeIdentity identity = join();
        var made = new ServerLink(
                new ServerLink.Parts(
                        server.address(), home, "process-1", this, outbox, logs, artifacts, InstantSource.system()),
                identity);
        link = Optional.of(made);
        made.start();
        return identity;
    }

    private AgentMessage await(Predicate<AgentMessage> wanted) {
        Eventually.until(() -> server.received.stream().anyMatch(wanted));
        return server.received.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static InstanceFact fact(long sequence, InstanceState state) {
        return new InstanceFact(
                sequence,
                Instant.now(),
                new NodeId("node-7"),
                instance(revision(1), 0),
                revision(1),
                state,
                "",
                0,
                65_536);
    }

    private static NodeEvent event() {
        return new NodeEvent(
                Instant.now(), true, "CallTimedOut", "Too slow.", Optional.empty(), Optional.of(revision(1)), 1);
    }

    @Test
    void asksForTheRoutesOfTheGridAndTakesThemPartByPart() throws Exception {
        connect();
        assertThat(await(AgentMessage::hasHello).getHello().getWantsGridRoutes())
                .isTrue();
        server.send(routes(GridRoutesUpdate.newBuilder()
                .setFull(true)
                .setMoreFollows(true)
                .addPeers(MeshPeer.newBuilder().setNodeId("node-8").setAddress("eight.test:9445"))));
        server.send(routes(GridRoutesUpdate.newBuilder()
                .setFull(true)
                .addGroups(RouteGroup.newBuilder().setDeployment("default/a"))));
        Eventually.until(() -> !routeChanges.isEmpty());
        assertThat(routeChanges).singleElement().satisfies(change -> {
            assertThat(change.full()).isTrue();
            assertThat(change.peers())
                    .singleElement()
                    .satisfies(peer -> assertThat(peer.host()).isEqualTo("eight.test"));
            assertThat(change.groups()).hasSize(1);
        });
    }

    @Test
    void beginsAnewWhenRoutesCannotBeRead() throws Exception {
        connect();
        await(AgentMessage::hasHello);
        server.send(routes(
                GridRoutesUpdate.newBuilder().addGroups(RouteGroup.newBuilder().setDeployment("no deployment"))));
        Eventually.until(
                () -> server.received.stream().filter(AgentMessage::hasHello).count() == 2);
        assertThat(routeChanges).isEmpty();
    }

    @Test
    void saysThatItEnds() throws Exception {
        connect();
        Eventually.until(() -> link.orElseThrow().connected());
        link.orElseThrow().announceEnd();
        await(AgentMessage::hasEnding);
    }

    private static ServerMessage routes(GridRoutesUpdate.Builder update) {
        return ServerMessage.newBuilder().setGridRoutesUpdate(update).build();
    }

    @Override
    public boolean wantsRoutes() {
        return true;
    }

    @Override
    public void apply(GridRoutesChange change) {
        routeChanges.add(change);
    }

    @Override
    public void renewed(NodeIdentity identity) {
        renewedTo.add(identity);
    }

    @Override
    public NodeDescription description() {
        return new NodeDescription(
                new NodeId("node-7"),
                "0.1.0",
                1,
                new EngineFacts("GraalWasm", "25", true),
                2,
                1 << 30,
                new TreeMap<>(),
                List.of("wasi:http/types@0.2.12"),
                "http://localhost:8080");
    }

    @Override
    public NodeUsage usage() {
        return new NodeUsage(1, 2, 0.5, 1);
    }

    @Override
    public List<InstanceFact> instances() {
        return List.copyOf(present);
    }

    @Override
    public long appliedGeneration() {
        return 41;
    }

    @Override
    public List<RevisionMetrics> metrics() {
        return List.of(new RevisionMetrics(revision(1), 1, 0, 0, new long[240], 0, 0, 1, 0, 0));
    }

    @Override
    public void apply(DesiredState state) {
        applied.add(state);
    }
}

package dev.warpgrid.server.link;

import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.server.control.ControlLoop;
import dev.warpgrid.server.control.ControlLoopStart;
import dev.warpgrid.server.control.EventQueue;
import dev.warpgrid.server.control.GridReader;
import dev.warpgrid.server.control.GridRoutesFeed;
import dev.warpgrid.server.control.PlanCommitter;
import dev.warpgrid.server.observe.FactBoard;
import dev.warpgrid.server.observe.GridBoard;
import dev.warpgrid.server.observe.GridInstances;
import dev.warpgrid.server.observe.GridNodes;
import dev.warpgrid.server.observe.GridObservations;
import dev.warpgrid.server.observe.LogRelay;
import dev.warpgrid.server.observe.MetricsBoard;
import dev.warpgrid.server.observe.StatusChanges;
import dev.warpgrid.server.persistence.SqlJoinTokenStore;
import dev.warpgrid.server.persistence.SqlLeaseStore;
import dev.warpgrid.server.persistence.SqlNodeStore;
import dev.warpgrid.server.persistence.SqlPlacementStore;
import dev.warpgrid.server.persistence.SqlRolloutStore;
import dev.warpgrid.server.pki.JoinTokens;
import dev.warpgrid.server.pki.ServerIdentity;
import dev.warpgrid.server.pki.ServerIdentityStart;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.testing.DatabaseTransactions;
import dev.warpgrid.server.testing.MigratedDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server's side of agents, whole: certificates, port, controller and observed state over a real database. */
final class LinkFixture implements AutoCloseable {
    final InMemoryIntent intent;
    final InMemoryArtifacts artifacts = new InMemoryArtifacts();
    final List<NewEvent> events = new CopyOnWriteArrayList<>();
    final FactBoard facts = new FactBoard();
    final GridNodes nodes;
    final GridInstances instances;
    final GridObservations observations;
    final AgentPort port;
    final ServerIdentity identity;
    private final ControlLoop control;
    private final GridRoutesFeed routes;
    private final EventQueue queue;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    LinkFixture(MigratedDatabase database, Path home) {
        this(database, home, new InMemoryIntent(database));
    }

    LinkFixture(MigratedDatabase database, Path home, InMemoryIntent intent) {
        this.intent = intent;
        Clock clock = Clock.systemUTC();
        ControlPolicy policy = ControlPolicy.defaults();
        ServerSettings settings =
                new ServerSettings(home, 1, 1, 0, 8080, List.of("localhost"), java.time.Duration.ofDays(1));
        Transactions transactions = new DatabaseTransactions(database);
        SqlNodeStore nodeStore = new SqlNodeStore(database);
        SqlPlacementStore placements = new SqlPlacementStore(database);
        SqlRolloutStore rollouts = new SqlRolloutStore(database);
        SqlLeaseStore leases = new SqlLeaseStore(database);
        JoinTokens tokens = new JoinTokens(new SqlJoinTokenStore(database), clock);
        identity = new ServerIdentity(settings, clock, executor);
        ServerIdentityStart.start(identity);
        queue = new EventQueue(events::add, executor);
        GridBoard board = new GridBoard(facts, clock, policy);
        AgentSessions sessions = new AgentSessions();
        LogRelay relay = new LogRelay(facts, board, sessions, executor);
        MetricsBoard metrics = new MetricsBoard(clock);
        StatusChanges changes = new StatusChanges(board, facts, executor);
        observations = new GridObservations(board, facts, metrics, relay, changes, settings);
        instances = new GridInstances(board, facts);
        nodes = new GridNodes(nodeStore, facts, board, tokens, identity, events::add, new NoTrail(), policy, clock);
        control = new ControlLoop(
                leases,
                new GridReader(intent, artifacts, nodeStore, placements, rollouts),
                new PlanCommitter(placements, rollouts, leases, transactions, policy),
                facts,
                metrics,
                board,
                sessions,
                queue,
                transactions,
                policy,
                clock,
                executor);
        Reports reports = new Reports(facts, metrics, relay, queue, clock);
        AgentLinkEndpoint endpoint = new AgentLinkEndpoint(
                sessions, reports, facts, nodeStore, placements, artifacts, identity, transactions, control, clock);
        Enrollment enrollment = new Enrollment(identity, tokens, nodeStore, transactions, queue, clock);
        port = new AgentPort(
                settings,
                identity,
                enrollment,
                endpoint,
                new NodeAuthentication(nodeStore, transactions),
                sessions,
                executor);
        routes = new GridRoutesFeed(board, facts, sessions, executor);
        ControlLoopStart.start(queue, control);
        ControlLoopStart.start(routes);
        port.open();
    }

    String joinToken() {
        return nodes.createJoinToken(dev.warpgrid.api.Caller.system(), java.time.Duration.ofHours(1))
                .token();
    }

    FakeAgent join(String name) {
        FakeAgent agent = new FakeAgent(port.port(), identity.authority().certificate());
        agent.join(joinToken(), name);
        return agent;
    }

    @Override
    public void close() {
        port.stop();
        ControlLoopStart.stop(routes);
        ControlLoopStart.stop(queue, control);
        ServerIdentityStart.stop(identity);
        executor.close();
    }

    /** What is written here is told by the stores; the trail has tests of its own. */
    private static final class NoTrail implements dev.warpgrid.server.service.AuditTrail {
        @Override
        public void done(
                dev.warpgrid.api.Caller caller,
                String action,
                @org.jspecify.annotations.Nullable String namespace,
                String resource,
                @org.jspecify.annotations.Nullable Object before,
                @org.jspecify.annotations.Nullable Object after) {}

        @Override
        public void refused(
                dev.warpgrid.api.Caller caller,
                String action,
                @org.jspecify.annotations.Nullable String namespace,
                String resource,
                String why) {}
    }
}

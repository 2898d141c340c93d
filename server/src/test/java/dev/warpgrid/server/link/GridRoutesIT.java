package dev.warpgrid.server.link;

import static dev.warpgrid.server.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.Ending;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes are told of the grid's routes, over real gRPC from a real controller. */
class GridRoutesIT {
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static @Nullable TestPostgres postgres;

    @TempDir
    Path home;

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

    @AfterEach
    void stop() {
        agents.forEach(FakeAgent::close);
    }

    private static MigratedDatabase database() {
        TestPostgres running = postgres;
        if (running == null) {
            throw new AssertionError("PostgreSQL did not start");
        }
        return new MigratedDatabase(running);
    }

    private FakeAgent connected(LinkFixture grid, String name, String meshAddress) {
        FakeAgent agent = grid.join(name);
        agents.add(agent);
        agent.meshAddress = meshAddress;
        agent.connect();
        eventually(() -> assertThat(grid.facts.isConnected(new NodeId(name))).isTrue());
        return agent;
    }

    private FakeAgent named(String node) {
        return agents.stream()
                .filter(agent -> agent.node.equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable RouteGroup web(FakeAgent agent) {
        return agent.routes.groups().get(WEB);
    }

    private static List<String> endpoints(FakeAgent agent) {
        RouteGroup group = web(agent);
        return group == null
                ? List.of()
                : group.endpoints().stream()
                        .map(RouteEndpoint::node)
                        .map(NodeId::value)
                        .toList();
    }

    @Test
    void tellsEachNodeTheWholeTableOnceAndThenWhatChanges() {
        try (LinkFixture grid = new LinkFixture(database(), home)) {
            FakeAgent alpha = connected(grid, "alpha", "alpha.test:9445");
            FakeAgent beta = connected(grid, "beta", "beta.test:9445");
            FakeAgent old = connected(grid, "old", "");
            grid.intent.deploy("web", 1, 2);
            for (FakeAgent agent : List.of(alpha, beta)) {
                eventually(() -> assertThat(endpoints(agent)).isNotEmpty());
                assertThat(agent.routes.peers().values())
                        .extracting(MeshPeer::address)
                        .containsExactly("alpha.test:9445", "beta.test:9445");
                assertThat(web(agent))
                        .satisfies(group ->
                                assertThat(group.routes().getFirst().host()).isEqualTo("web.default.localhost"));
                assertThat(agent.wholeTables).hasValue(1);
            }
            assertThat(old.wholeTables).hasValue(0);
            grid.intent.remove("web");
            eventually(() -> assertThat(alpha.routes.groups()).isEmpty());
            assertThat(alpha.wholeTables).hasValue(1);
            FakeAgent late = connected(grid, "late", "late.test:9445");
            eventually(() -> assertThat(late.routes.peers()).hasSize(3));
        }
    }

    @Test
    void takesANodesEndpointsAwayWhenItsConnectionBreaksAndReplacesThemAtOnceWhenItEnds() {
        try (LinkFixture grid = new LinkFixture(database(), home)) {
            FakeAgent alpha = connected(grid, "alpha", "alpha.test:9445");
            connected(grid, "beta", "beta.test:9445");
            connected(grid, "gamma", "gamma.test:9445");
            grid.intent.deploy("web", 1, 2);
            eventually(() -> assertThat(endpoints(alpha)).hasSize(2));
            List<String> placed = endpoints(alpha);
            FakeAgent first = named(placed.getFirst());
            FakeAgent second = named(placed.getLast());
            FakeAgent third = agents.stream()
                    .filter(agent -> !placed.contains(agent.node))
                    .findFirst()
                    .orElseThrow();
            first.vanish();
            eventually(() -> assertThat(endpoints(third)).containsExactly(second.node));
            eventually(() -> assertThat(endpoints(third)).contains(third.node));
            long begun = System.nanoTime();
            second.send(AgentMessage.newBuilder()
                    .setEnding(Ending.getDefaultInstance())
                    .build());
            eventually(() -> assertThat(endpoints(third)).containsExactly(third.node));
            // Silence alone would have had to last for four seconds.
            assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
            eventually(() -> assertThat(grid.events.stream().map(NewEvent::reason)).contains("NodeEnding"));
            second.vanish();
            second.connect();
            eventually(() -> assertThat(grid.nodes.list(dev.warpgrid.api.Caller.system()))
                    .filteredOn(node -> node.id().equals(second.node))
                    .allMatch(node -> node.state() == dev.warpgrid.api.NodeView.State.READY));
        }
    }

    @Test
    void aServerThatHasJustStartedTakesNoRouteAway() {
        MigratedDatabase database = database();
        var first = new LinkFixture(database, home);
        FakeAgent alpha = connected(first, "alpha", "alpha.test:9445");
        FakeAgent beta = connected(first, "beta", "beta.test:9445");
        first.intent.deploy("web", 1, 2);
        eventually(() -> assertThat(endpoints(alpha)).containsExactly("alpha", "beta"));
        alpha.vanish();
        beta.vanish();
        var intent = first.intent;
        first.close();
        try (LinkFixture second = new LinkFixture(database, home, intent)) {
            FakeAgent again = new FakeAgent(
                    second.port.port(), second.identity.authority().certificate());
            agents.add(again);
            again.keys = alpha.keys;
            again.chainPem = alpha.chainPem;
            again.node = alpha.node;
            again.meshAddress = alpha.meshAddress;
            again.running.putAll(alpha.running);
            again.connect();
            eventually(() -> {
                // The server may not hold its lease yet.
                if (again.ended != null) {
                    again.connect();
                }
                assertThat(again.wholeTables).hasValue(1);
            });
            // Node beta was not heard yet, and counts until it had the time to come back.
            assertThat(again.routes.peers()).hasSize(2);
            eventually(() -> assertThat(endpoints(again)).contains("alpha"));
        }
    }
}

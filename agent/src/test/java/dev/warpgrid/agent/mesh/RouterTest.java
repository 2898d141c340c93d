package dev.warpgrid.agent.mesh;

import static dev.warpgrid.agent.Samples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.RouteTable;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final NodeId SELF = new NodeId("self");
    private static final NodeId OTHER = new NodeId("other");

    private RouteTable table = RouteTable.empty();
    private LocalRoutes latest = LocalRoutes.none();
    private final AtomicInteger instancesHere = new AtomicInteger(1);
    private final Router router = new Router(SELF, newest -> table = newest, (exchange, endpoint) -> {});
    private final Target here = new Target(exchange -> {}, new RevisionCounters());

    private void here(RevisionId revision, Route... routes) {
        SortedMap<RevisionId, LocalRevision> revisions = new TreeMap<>();
        revisions.put(revision, new LocalRevision(here, instancesHere::get));
        latest = new LocalRoutes(List.of(routes), revisions);
        router.local(latest);
    }

    private static Route route(String host, RouteTarget... targets) {
        return new Route(host, "/", List.of(targets));
    }

    private void grid(List<Route> routes, boolean awaited, RouteEndpoint... endpoints) {
        router.grid(new GridRoutesChange(
                true,
                List.of(new RouteGroup(revision(1).deployment(), routes, List.of(endpoints), awaited)),
                List.of(),
                List.of(new MeshPeer(SELF, "127.0.0.1", 1), new MeshPeer(OTHER, "127.0.0.1", 2)),
                List.of()));
    }

    private Target found(String host, int draw) {
        assertThat(table.find(host, "/", bound -> Math.min(draw, bound - 1)))
                .isInstanceOf(RouteTable.Match.Found.class);
        return table.find(host, "/", bound -> Math.min(draw, bound - 1)) instanceof RouteTable.Match.Found match
                ? match.target()
                : here;
    }

    @Test
    void goesStraightToThePoolWhereThisNodeAloneAnswers() {
        here(revision(1));
        grid(
                List.of(route("a.test", new RouteTarget(revision(1), 100))),
                false,
                new RouteEndpoint(revision(1), SELF, 1));
        assertThat(found("a.test", 0).place()).isSameAs(here.place());
        assertThat(found("a.test", 0).expected()).isTrue();
    }

    @Test
    void choosesWhereOthersAnswerToo() {
        here(revision(1));
        grid(
                List.of(route("a.test", new RouteTarget(revision(1), 100))),
                false,
                new RouteEndpoint(revision(1), OTHER, 1),
                new RouteEndpoint(revision(1), SELF, 1));
        assertThat(found("a.test", 0).place()).isInstanceOf(RevisionEndpoints.class);
        assertThat(found("a.test", 0).counters()).isNull();
    }

    @Test
    void keepsToTheWeightsExactly() {
        grid(
                List.of(route("a.test", new RouteTarget(revision(1), 0), new RouteTarget(revision(2), 100))),
                false,
                new RouteEndpoint(revision(1), OTHER, 1),
                new RouteEndpoint(revision(2), OTHER, 1));
        Target second = found("a.test", 0);
        for (int draw = 0; draw < 100; draw++) {
            assertThat(found("a.test", draw)).isSameAs(second);
        }
        grid(
                List.of(route("a.test", new RouteTarget(revision(1), 90), new RouteTarget(revision(2), 10))),
                false,
                new RouteEndpoint(revision(1), OTHER, 1),
                new RouteEndpoint(revision(2), OTHER, 1));
        assertThat(found("a.test", 89)).isSameAs(found("a.test", 0));
        assertThat(found("a.test", 90)).isNotSameAs(found("a.test", 0));
    }

    @Test
    void givesTheShareOfARevisionThatNobodyAnswersForToTheOthers() {
        grid(
                List.of(route("a.test", new RouteTarget(revision(1), 90), new RouteTarget(revision(2), 10))),
                false,
                new RouteEndpoint(revision(2), OTHER, 1));
        assertThat(found("a.test", 0)).isSameAs(found("a.test", 99));
    }

    @Test
    void goesByTheNodesOwnRoutesForWhatTheGridDoesNotName() {
        here(revision(1), route("new.test", new RouteTarget(revision(1), 100)));
        assertThat(found("new.test", 0)).isEqualTo(here);
        grid(List.of(route("a.test", new RouteTarget(revision(2), 100))), true);
        assertThat(found("new.test", 0)).isEqualTo(here);
        assertThat(found("a.test", 0).expected()).isTrue();
        assertThat(table.find("other.test", "/", bound -> 0)).isInstanceOf(RouteTable.Match.NoRoute.class);
    }

    @Test
    void knowsAHostWhoseDeploymentHasNoInstances() {
        grid(List.of(route("a.test")), false);
        assertThat(table.find("a.test", "/", bound -> 0)).isInstanceOf(RouteTable.Match.NoTarget.class);
    }

    /** Changes are applied to what they touch only; the outcome is that of the whole table. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changesLeadToTheSameTableAsTheWhole(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 200; step++) {
            RevisionId revision = new RevisionId(new DeploymentId("default", "d" + random.nextInt(4)), 1);
            switch (random.nextInt(4)) {
                case 0 ->
                    router.grid(new GridRoutesChange(
                            false, List.of(), List.of(revision.deployment()), List.of(), List.of()));
                case 1 -> {
                    if (random.nextBoolean()) {
                        here(
                                revision,
                                new Route("h" + random.nextInt(3), "/", List.of(new RouteTarget(revision, 100))));
                    } else {
                        latest = LocalRoutes.none();
                        router.local(latest);
                    }
                }
                case 2 -> {
                    List<MeshPeer> peer = List.of(new MeshPeer(OTHER, "127.0.0.1", 2));
                    router.grid(
                            random.nextBoolean()
                                    ? new GridRoutesChange(false, List.of(), List.of(), peer, List.of())
                                    : new GridRoutesChange(false, List.of(), List.of(), List.of(), List.of(OTHER)));
                }
                default ->
                    router.grid(new GridRoutesChange(
                            false, List.of(randomGroup(revision, random)), List.of(), List.of(), List.of()));
            }
            assertSameAsFresh(seed, step);
        }
    }

    private static RouteGroup randomGroup(RevisionId revision, Random random) {
        List<RouteTarget> targets = random.nextInt(4) == 0 ? List.of() : List.of(new RouteTarget(revision, 100));
        List<Route> routes = List.of(
                new Route("h" + random.nextInt(3), "/", targets),
                new Route("h" + random.nextInt(3), "/p" + random.nextInt(2), targets));
        List<RouteEndpoint> endpoints = switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> List.of(new RouteEndpoint(revision, OTHER, 1));
            default -> List.of(new RouteEndpoint(revision, SELF, 1));
        };
        return new RouteGroup(revision.deployment(), routes, endpoints, random.nextBoolean());
    }

    private void assertSameAsFresh(long seed, int step) {
        RouteTable changed = table;
        var fresh = new Router(SELF, newest -> table = newest, (exchange, endpoint) -> {});
        fresh.local(latest);
        fresh.grid(router.grid().whole());
        for (int host = 0; host < 3; host++) {
            for (String path : List.of("/", "/p0", "/p1/x")) {
                assertThat(describe(changed.find("h" + host, path, bound -> 0)))
                        .as("seed %d, step %d, h%d%s", seed, step, host, path)
                        .isEqualTo(describe(table.find("h" + host, path, bound -> 0)));
            }
        }
        table = changed;
    }

    private String describe(RouteTable.Match match) {
        return switch (match) {
            case RouteTable.Match.Found found ->
                (found.target().place().equals(here.place()) ? "here" : "elsewhere")
                        + found.target().expected();
            case RouteTable.Match.NoRoute ignored -> "no route";
            case RouteTable.Match.NoTarget ignored -> "no target";
        };
    }

    @Test
    void forgetsPeersThatTheGridNoLongerHas() {
        grid(List.of(), false);
        assertThat(router.isPeer(OTHER)).isTrue();
        router.grid(new GridRoutesChange(false, List.of(), List.of(), List.of(), List.of(OTHER)));
        assertThat(router.isPeer(OTHER)).isFalse();
    }
}

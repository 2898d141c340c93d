package dev.warpgrid.agent.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final RevisionId ONE = RevisionId.parse("default/hello@1");
    private static final RevisionId TWO = RevisionId.parse("default/hello@2");
    private final Map<RevisionId, Target> targets = new TreeMap<>(Map.of(ONE, target(), TWO, target()));

    private static Target target() {
        return new Target(exchange -> {}, new RevisionCounters());
    }

    @Test
    void findsAHostInAnyCaseWithAnyPort() {
        RouteTable table = table(route("hello.test", "/", ONE));
        for (String authority : List.of("hello.test", "HELLO.Test:8080", "hello.test.", "hello.test.:80")) {
            assertThat(found(table, authority, "/x")).as(authority).contains(ONE);
        }
        assertThat(found(table, "other.test", "/x")).isEmpty();
        assertThat(found(table, "a.hello.test", "/x")).isEmpty();
    }

    @Test
    void readsTheAddressOfAVersionSixHost() {
        assertThat(RouteTable.hostOf("[::1]:8080")).isEqualTo("[::1]");
        assertThat(RouteTable.hostOf("[::1]")).isEqualTo("[::1]");
        assertThat(RouteTable.hostOf("")).isEmpty();
    }

    @Test
    void prefersTheLongestPrefixOfWholeSegments() {
        RouteTable table = table(route("hello.test", "/", ONE), route("hello.test", "/api", TWO));

        assertThat(found(table, "hello.test", "/api")).contains(TWO);
        assertThat(found(table, "hello.test", "/api/users")).contains(TWO);
        assertThat(found(table, "hello.test", "/api?x=1")).contains(TWO);
        assertThat(found(table, "hello.test", "/apiary")).contains(ONE);
        assertThat(found(table, "hello.test", "/")).contains(ONE);
    }

    @Test
    void matchesNothingOutsideItsOnlyPrefix() {
        RouteTable table = table(route("hello.test", "/api/", TWO));
        assertThat(found(table, "hello.test", "/api")).contains(TWO);
        assertThat(found(table, "hello.test", "/other")).isEmpty();
    }

    @Test
    void sendsAllToAHundredAndNothingToZero() {
        RouteTable table =
                table(new Route("hello.test", "/", List.of(new RouteTarget(ONE, 0), new RouteTarget(TWO, 100))));
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(table.find("hello.test", "/", random::nextInt)).isEqualTo(new RouteTable.Match.Found(get(TWO)));
        }
    }

    @Test
    void splitsByWeight() {
        RouteTable table =
                table(new Route("hello.test", "/", List.of(new RouteTarget(ONE, 10), new RouteTarget(TWO, 90))));
        int toOne = 0;
        for (int draw = 0; draw < 100; draw++) {
            int drawn = draw;
            if (table.find("hello.test", "/", bound -> drawn).equals(new RouteTable.Match.Found(get(ONE)))) {
                toOne++;
            }
        }
        assertThat(toOne).isEqualTo(10);
    }

    @Test
    void tellsARouteWithoutTargetsFromNoRoute() {
        RouteTable table = table(new Route("hello.test", "/", List.of()));
        assertThat(table.find("hello.test", "/", bound -> 0)).isInstanceOf(RouteTable.Match.NoTarget.class);
        assertThat(table.find("other.test", "/", bound -> 0)).isInstanceOf(RouteTable.Match.NoRoute.class);
    }

    private Target get(RevisionId revision) {
        return Optional.ofNullable(targets.get(revision)).orElseThrow();
    }

    private Optional<RevisionId> found(RouteTable table, String authority, String path) {
        if (!(table.find(authority, path, bound -> 0) instanceof RouteTable.Match.Found found)) {
            return Optional.empty();
        }
        return targets.entrySet().stream()
                .filter(entry -> entry.getValue().equals(found.target()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private RouteTable table(Route... routes) {
        return RouteTable.of(List.of(routes), revision -> Optional.ofNullable(targets.get(revision)));
    }

    private static Route route(String host, String prefix, RevisionId revision) {
        return new Route(host, prefix, List.of(new RouteTarget(revision, 100)));
    }
}

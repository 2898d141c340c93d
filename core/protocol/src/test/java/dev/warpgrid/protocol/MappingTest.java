package dev.warpgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.LogLine;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MappingTest {
    private static final NodeId NODE = new NodeId("node-1");
    private static final RevisionId REVISION = new RevisionId(new DeploymentId("default", "hello"), 2);

    @Test
    void desiredStateSurvivesTheWire() {
        DesiredState state = new DesiredState(
                7,
                List.of(new Workload(
                        REVISION,
                        new Digest("sha256:" + "ab".repeat(32)),
                        8071,
                        new TreeMap<>(Map.of("WHO", "grid", "B", "")),
                        WorkloadLimits.defaults())),
                List.of(new Assignment(new InstanceId("hello-1"), REVISION)),
                List.of(new Route("hello.default.localhost", "/", List.of(new RouteTarget(REVISION, 100)))));
        assertThat(StateMapping.fromMessage(StateMapping.toMessage(state))).isEqualTo(state);
    }

    @Test
    void routesOfTheGridSurviveTheWireInOnePart() {
        var change = new GridRoutesChange(
                true,
                List.of(group("hello", 1)),
                List.of(new DeploymentId("default", "gone")),
                List.of(new MeshPeer(NODE, "fe80::1", 9445)),
                List.of(new NodeId("node-2")));
        List<GridRoutesUpdate> parts = RoutesMapping.toMessages(change);
        assertThat(parts).hasSize(1);
        assertThat(RoutesMapping.fromMessages(parts)).isEqualTo(change);
    }

    @Test
    void largeTablesTravelInPartsBelowTheLimitOfAMessage() {
        List<RouteGroup> groups = IntStream.range(0, 2_000)
                .mapToObj(i -> group("hello-" + i, 40))
                .sorted(Comparator.comparing(RouteGroup::deployment))
                .toList();
        var change = new GridRoutesChange(true, groups, List.of(), List.of(), List.of());
        List<GridRoutesUpdate> parts = RoutesMapping.toMessages(change);
        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.getSerializedSize()).isLessThan(2 * RoutesMapping.PART_BYTES);
            assertThat(part.getFull()).isTrue();
            assertThat(part.getMoreFollows()).isEqualTo(parts.indexOf(part) < parts.size() - 1);
        });
        assertThat(RoutesMapping.fromMessages(parts)).isEqualTo(change);
    }

    private static RouteGroup group(String name, int endpoints) {
        var revision = new RevisionId(new DeploymentId("default", name), 2);
        return new RouteGroup(
                revision.deployment(),
                List.of(new Route(name + ".default.localhost", "/", List.of(new RouteTarget(revision, 100)))),
                IntStream.range(0, endpoints)
                        .mapToObj(i -> new RouteEndpoint(revision, new NodeId("node-" + i), i + 1))
                        .toList(),
                true);
    }

    @ParameterizedTest
    @EnumSource(InstanceState.class)
    void factsOfEveryStateSurviveTheWire(InstanceState state) {
        InstanceFact fact = new InstanceFact(
                3,
                Instant.ofEpochMilli(1_700_000_000_123L),
                NODE,
                new InstanceId("hello-1"),
                REVISION,
                state,
                "Why.",
                2,
                65_536);
        assertThat(FactMapping.fromMessage(NODE, FactMapping.toMessage(fact))).isEqualTo(fact);
    }

    @Test
    void logLinesSurviveTheWireForEachStreamAndLevel() {
        for (LogLine.Stream stream : LogLine.Stream.values()) {
            for (LogLine.Level level : LogLine.Level.values()) {
                LogLine line = new LogLine(
                        Instant.ofEpochSecond(1_700_000_000L, 123_456_000),
                        NODE,
                        new InstanceId("i"),
                        REVISION,
                        9,
                        stream,
                        level,
                        "text");
                assertThat(FactMapping.fromMessage(NODE, FactMapping.toMessage(line)))
                        .isEqualTo(line);
            }
        }
    }

    @Test
    void metricsSurviveTheWire() {
        long[] counts = new long[LatencyBuckets.COUNT];
        counts[3] = 5;
        counts[LatencyBuckets.COUNT - 1] = 1;
        RevisionMetrics metrics = new RevisionMetrics(REVISION, 6, 1, 2, counts, 65_536, 1, 2, 3, 4);
        assertThat(FactMapping.fromMessage(FactMapping.toMessage(metrics)))
                .usingRecursiveComparison()
                .isEqualTo(metrics);
    }

    @Test
    void aMessageThatBreaksARuleOfTheModelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactMapping.fromMessage(
                        NODE,
                        dev.warpgrid.protocol.v1.InstanceFact.newBuilder()
                                .setInstanceId("Not A Label")
                                .build()));
    }
}

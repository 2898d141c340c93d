package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.control.placement.InterfaceMatch;
import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.plan.PlanCheck;
import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.replica.ReplicaState;
import dev.warpgrid.control.routing.DesiredStateBuilder;
import dev.warpgrid.control.routing.RouteBuilder;
import dev.warpgrid.control.routing.RoutePlan;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.Watch;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SmallRulesTest {
    private static final ControlPolicy POLICY = ControlPolicy.defaults();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static final NodeId N1 = new NodeId("n1");

    private static final Watch WATCH = Watch.starting(POLICY, START);

    private static NodeState judge(int heardSecond, int nowSecond) {
        return NodeState.judge(POLICY, START.plusSeconds(heardSecond), WATCH, START.plusSeconds(nowSecond));
    }

    @Test
    void judgesANodeByItsSilence() {
        assertThat(judge(20, 21)).isEqualTo(NodeState.READY);
        assertThat(judge(20, 22)).isEqualTo(NodeState.SUSPECTED);
        assertThat(judge(20, 23)).isEqualTo(NodeState.SUSPECTED);
        assertThat(judge(20, 24)).isEqualTo(NodeState.LOST);
    }

    @Test
    void givesNodesThatWereNotHeardSinceTheWatchBeganTheWholeGrace() {
        assertThat(NodeState.judge(POLICY, null, WATCH, START.plusSeconds(29))).isEqualTo(NodeState.SUSPECTED);
        assertThat(judge(-60, 29)).isEqualTo(NodeState.SUSPECTED);
        assertThat(judge(-60, 30)).isEqualTo(NodeState.LOST);
        assertThat(judge(-1, 0)).isEqualTo(NodeState.READY);
    }

    @Test
    void watchesAnewWhenTheControllerItselfWasAway() {
        ReplicaState state = ReplicaState.starting(POLICY, START).stepping(POLICY, START.plusSeconds(2));
        assertThat(state.watch()).isEqualTo(WATCH);
        Watch early = state.stepping(POLICY, START.plusSeconds(9)).watch();
        assertThat(early).isEqualTo(new Watch(START.plusSeconds(9), WATCH.graceUntil()));
        Watch late = state.stepping(POLICY, START.plusSeconds(99)).watch();
        assertThat(late).isEqualTo(new Watch(START.plusSeconds(99), START.plusSeconds(103)));
        // Heard before the controller was away: that proves nothing, until it had the time to be heard again.
        assertThat(NodeState.judge(POLICY, START.plusSeconds(90), late, START.plusSeconds(102)))
                .isEqualTo(NodeState.SUSPECTED);
        assertThat(NodeState.judge(POLICY, START.plusSeconds(90), late, START.plusSeconds(103)))
                .isEqualTo(NodeState.LOST);
        assertThat(state.stepping(POLICY, START.minusSeconds(9)).watch().since())
                .isEqualTo(START.minusSeconds(9));
    }

    @Test
    void refusesAPolicyThatLosesANodeBeforeSuspectingIt() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ControlPolicy(second, second, second, second, 4, second, second, second, 3))
                .hasMessageContaining("later than it is suspected");
    }

    @Test
    void matchesInterfacesAlongTheCompatibleTrack() {
        List<String> provided = List.of("wasi:http/types@0.2.12", "a:b/c@1.4.0", "x:y/z", "p:q/r@0.3.0-rc-1");
        assertThat(InterfaceMatch.missing(List.of("wasi:http/types@0.2.0", "a:b/c@1.0.0", "x:y/z"), provided))
                .isEmpty();
        assertThat(InterfaceMatch.missing(
                        List.of("wasi:http/types@0.3.0", "a:b/c@2.0.0", "x:y/z@1.0.0", "p:q/r@0.3.0-rc-2"), provided))
                .hasSize(4);
    }

    private static Placement placement(String id, long bytes) {
        return new Placement(new InstanceId(id), new RevisionId(WEB, 1), 0, N1, bytes, START);
    }

    private static CommitView view(long version, long memory, String... present) {
        SortedMap<DeploymentId, Long> versions = new TreeMap<>();
        versions.put(WEB, version);
        SortedMap<NodeId, Long> nodes = new TreeMap<>();
        nodes.put(N1, memory);
        SortedMap<InstanceId, CommitView.Reserved> placements = new TreeMap<>();
        for (String id : present) {
            placements.put(new InstanceId(id), new CommitView.Reserved(N1, 10));
        }
        return new CommitView(versions, nodes, placements);
    }

    private static Action place(String id) {
        return new Action.Place(WEB, 7, placement(id, 10), "");
    }

    @Test
    void acceptsAPlanThatStillHolds() {
        PlanCheck.Checked checked = PlanCheck.check(List.of(place("a"), place("b")), view(7, 20));
        assertThat(checked.accepted()).hasSize(2);
        assertThat(checked.refused()).isEmpty();
    }

    @Test
    void refusesActionsForAnotherVersionOfTheDeployment() {
        assertThat(PlanCheck.check(List.of(place("a")), view(8, 20)).refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.sentence()).contains("from version 7 to 8"));
    }

    @Test
    void refusesTheActionThatWouldOverfillANodeAndKeepsThoseBeforeIt() {
        PlanCheck.Checked checked = PlanCheck.check(List.of(place("a"), place("b")), view(7, 25, "x"));
        assertThat(checked.accepted()).containsExactly(place("a"));
        assertThat(checked.refused().getFirst().sentence()).contains("no room left: 30 of 25");
    }

    @Test
    void refusesToPlaceTwiceAndToRemoveWhatIsGone() {
        Action remove = new Action.Remove(WEB, 7, placement("y", 10), Action.Cause.SCALED_DOWN, "");
        PlanCheck.Checked checked = PlanCheck.check(List.of(place("x"), remove), view(7, 100, "x"));
        assertThat(checked.accepted()).isEmpty();
        assertThat(checked.refused().stream().map(PlanCheck.Refused::sentence))
                .containsExactly("Instance x is already placed.", "Instance y is already gone.");
    }

    @Test
    void letsAReplacementUseTheMemoryItFrees() {
        Action replace =
                new Action.Replace(WEB, 7, placement("x", 10), placement("a", 10), Action.Cause.CANNOT_RUN, "");
        assertThat(PlanCheck.check(List.of(replace), view(7, 10, "x")).accepted())
                .hasSize(1);
        assertThat(PlanCheck.check(List.of(replace), view(7, 10)).accepted()).isEmpty();
    }

    @Test
    void refusesToRemoveForADeletedDeploymentThatIsBack() {
        Action remove = new Action.Remove(WEB, Action.GONE, placement("x", 10), Action.Cause.DEPLOYMENT_DELETED, "");
        assertThat(PlanCheck.check(List.of(remove), view(7, 10, "x")).accepted())
                .isEmpty();
    }

    @Test
    void keepsTheGenerationWhileNothingChanges() {
        GridFixture grid = new GridFixture();
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.settle();
        DesiredState before = grid.node("n1").desired;
        assertThat(DesiredStateBuilder.next(grid.snapshot(), N1, RoutePlan.none(), before))
                .isSameAs(before);
        grid.deploy("api", 1, 1);
        grid.step();
        assertThat(grid.node("n1").desired.generation()).isEqualTo(before.generation() + 1);
        assertThat(grid.node("n1").desired.workloads()).hasSize(2);
    }

    @Test
    void refusesToBuildADesiredStateWithoutAPlacedRevision() {
        GridFixture grid = new GridFixture();
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.settle();
        grid.revisions.clear();
        grid.deployments.clear();
        assertThatThrownBy(() -> DesiredStateBuilder.next(grid.snapshot(), N1, RoutePlan.none(), DesiredState.empty()))
                .hasMessageContaining("default/web@1");
    }

    @Test
    void routesOnlyToRevisionsTheNodeHas() {
        GridFixture grid = new GridFixture();
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 1);
        grid.settle();
        GridSnapshot snapshot = grid.snapshot();
        assertThat(RouteBuilder.build(snapshot, RouteBuilder.shares(snapshot, N1, RoutePlan.none())))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.host()).isEqualTo("web.default.localhost");
                    assertThat(route.targets())
                            .singleElement()
                            .satisfies(target -> assertThat(target.weight()).isEqualTo(100));
                });
        assertThat(RouteBuilder.shares(snapshot, new NodeId("n2"), RoutePlan.none()))
                .isEmpty();
    }

    @Test
    void routesBackToTheOldRevisionWhenTheNewOneStopsAnswering() {
        GridFixture grid = new GridFixture();
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.settle();
        grid.deploy("web", 2, 1);
        grid.step();
        grid.startAll();
        assertThat(RouteBuilder.shares(grid.snapshot(), N1, RoutePlan.none()).get(WEB))
                .containsExactlyInAnyOrderEntriesOf(Map.of(new RevisionId(WEB, 1), 50, new RevisionId(WEB, 2), 50));
        grid.placements.values().stream()
                .filter(placement -> placement.revision().number() == 2)
                .forEach(placement -> grid.observe(placement.instance(), InstanceState.BACKING_OFF, "It trapped.", 1));
        assertThat(RouteBuilder.shares(grid.snapshot(), N1, RoutePlan.none()).get(WEB))
                .containsExactlyEntriesOf(Map.of(new RevisionId(WEB, 1), 100));
    }
}

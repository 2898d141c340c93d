package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.rollout.Amount;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutNote;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.rollout.Strategy;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RolloutDeciderTest {
    private static final String WEB = "web";
    private final GridFixture grid = new GridFixture();

    private static RolloutPolicy policy(Strategy strategy) {
        return new RolloutPolicy(strategy, Gates.none(), Duration.ofMinutes(1));
    }

    private static RolloutPolicy gated(Strategy strategy) {
        return new RolloutPolicy(strategy, new Gates(1.0, Duration.ofMillis(200), 20), Duration.ofMinutes(1));
    }

    private static RolloutPolicy rolling(int surge, int unavailable, Duration bake) {
        return policy(new Strategy.Rolling(new Amount(surge, false), new Amount(unavailable, false), bake));
    }

    private static RolloutPolicy canary(Strategy.Step... steps) {
        return policy(new Strategy.Canary(List.of(steps)));
    }

    private static Strategy.Step step(int weight, int pauseSeconds) {
        return new Strategy.Step(weight, Duration.ofSeconds(pauseSeconds));
    }

    private void served(int nodes, int instances, RolloutPolicy policy) {
        for (int i = 1; i <= nodes; i++) {
            grid.node("n" + i);
        }
        grid.deploy(WEB, 1, instances);
        grid.rollsOutBy(WEB, policy);
        grid.settle();
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.COMPLETED);
    }

    private long count(int revision) {
        return grid.of(WEB).stream()
                .filter(placement -> placement.revision().number() == revision)
                .count();
    }

    private int weight(String node, int revision) {
        for (Route route : grid.node(node).desired.routes()) {
            for (RouteTarget target : route.targets()) {
                if (target.revision().equals(new RevisionId(GridFixture.id(WEB), revision))) {
                    return target.weight();
                }
            }
        }
        return 0;
    }

    private void stepUntil(Predicate<RolloutState> reached) {
        for (int i = 0; i < 300; i++) {
            grid.startAll();
            grid.step();
            if (reached.test(grid.rollout(WEB))) {
                return;
            }
        }
        throw new AssertionError("not within 300 steps; it is " + grid.rollout(WEB));
    }

    private void stepTo(RolloutPhase phase) {
        stepUntil(state -> state.phase() == phase);
    }

    private void crash(int revision, int restarts) {
        for (Placement placement : List.copyOf(grid.of(WEB))) {
            if (placement.revision().number() == revision) {
                grid.observe(placement.instance(), InstanceState.BACKING_OFF, "It trapped.", restarts);
            }
        }
    }

    @Test
    void theFirstRevisionIsThereWhenAllItsInstancesAnswer() {
        served(1, 3, rolling(1, 0, Duration.ofHours(1)));
        assertThat(grid.rollout(WEB).number()).isOne();
        assertThat(grid.rollout(WEB).stable()).isEqualTo(grid.rollout(WEB).target());
        assertThat(grid.notes).isEmpty();
    }

    @Test
    void aRollingReplacementKeepsToItsSurgeAndLosesNoInstance() {
        served(2, 4, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 4);
        for (int i = 0; i < 60; i++) {
            grid.step();
            assertThat(grid.of(WEB)).hasSizeLessThanOrEqualTo(5);
            assertThat(grid.ready(WEB)).isGreaterThanOrEqualTo(4);
            grid.startAll();
        }
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(count(1)).isZero();
        assertThat(count(2)).isEqualTo(4);
        assertThat(grid.notes)
                .extracting(RolloutNote::kind)
                .containsExactly(RolloutNote.Kind.STARTED, RolloutNote.Kind.COMPLETED);
    }

    @Test
    void withoutSurgeOldInstancesMakeRoomFirst() {
        served(1, 4, rolling(0, 2, Duration.ZERO));
        grid.deploy(WEB, 2, 4);
        for (int i = 0; i < 60; i++) {
            grid.step();
            assertThat(grid.of(WEB)).hasSizeLessThanOrEqualTo(4);
            assertThat(grid.ready(WEB)).isGreaterThanOrEqualTo(2);
            grid.startAll();
        }
        assertThat(count(2)).isEqualTo(4);
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.COMPLETED);
    }

    @Test
    void aBatchBakesBeforeTheNextOneStarts() {
        served(1, 4, rolling(1, 0, Duration.ofSeconds(30)));
        grid.deploy(WEB, 2, 4);
        for (int i = 0; i < 25; i++) {
            grid.startAll();
            grid.step();
            assertThat(count(2)).isOne();
        }
        assertThat(grid.rollout(WEB).sentence()).contains("The next batch follows at");
        stepTo(RolloutPhase.COMPLETED);
        assertThat(count(2)).isEqualTo(4);
    }

    @Test
    void aRevisionThatCrashesIsRolledBackWithTheReason() {
        served(2, 4, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 4);
        grid.step();
        crash(2, GridFixture.POLICY.hopelessRestarts());
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(count(1)).isEqualTo(4);
        assertThat(count(2)).isZero();
        assertThat(grid.rollout(WEB).cause()).contains("crashed again and again: It trapped.");
        assertThat(grid.rollout(WEB).stable()).isEqualTo(new RevisionId(GridFixture.id(WEB), 1));
        grid.settle();
        assertThat(count(1)).isEqualTo(4);
    }

    @Test
    void aRevisionThatDoesNotBecomeReadyIsRolledBackAfterTheDeadline() {
        served(1, 2, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 2);
        for (int i = 0; i < 59; i++) {
            grid.step();
        }
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.ROLLING);
        assertThat(grid.ready(WEB)).isEqualTo(2);
        grid.step();
        grid.step();
        assertThat(grid.rollout(WEB).phase()).isIn(RolloutPhase.ROLLING_BACK, RolloutPhase.ROLLED_BACK);
        assertThat(grid.rollout(WEB).cause()).contains("no progress for 60 s: 0 of 1 placed");
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(grid.ready(WEB)).isEqualTo(2);
    }

    @Test
    void aRevisionNoInstanceOfWhichCanRunIsRolledBackAtOnce() {
        served(1, 2, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 2);
        grid.step();
        grid.of(WEB).stream()
                .filter(placement -> placement.revision().number() == 2)
                .forEach(placement -> grid.observe(placement.instance(), InstanceState.FAILED, "No such export.", 0));
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(grid.rollout(WEB).cause()).contains("can run: No such export.");
    }

    @Test
    void aPausedRolloutReleasesNothingMoreAndGoesOnWhenResumed() {
        served(1, 4, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 4);
        grid.step();
        grid.command(WEB, new RolloutCommands(true, 0, false, "", false));
        for (int i = 0; i < 200; i++) {
            grid.startAll();
            grid.step();
        }
        assertThat(count(2)).isOne();
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.ROLLING);
        assertThat(grid.rollout(WEB).sentence()).contains("paused");
        grid.command(WEB, RolloutCommands.none());
        stepTo(RolloutPhase.COMPLETED);
    }

    @Test
    void aCanaryGetsItsExactShareOnEachNodeThatServes() {
        served(2, 4, canary(step(10, 30), step(50, 30)));
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        assertThat(grid.rollout(WEB).step()).isZero();
        assertThat(List.of(weight("n1", 2), weight("n2", 2))).containsOnly(10);
        assertThat(List.of(weight("n1", 1), weight("n2", 1))).containsOnly(90);
        assertThat(count(1)).isEqualTo(4);
        stepUntil(state -> state.step() == 1 && state.steadySince() != null);
        assertThat(List.of(weight("n1", 2), weight("n2", 2))).containsOnly(50);
        stepTo(RolloutPhase.COMPLETED);
        assertThat(count(1)).isZero();
        assertThat(List.of(weight("n1", 2), weight("n2", 2))).containsOnly(100);
    }

    @Test
    void aCanaryOfWeightZeroGetsNoRequestAtAll() {
        served(2, 4, canary(step(0, 3600)));
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        assertThat(count(2)).isEqualTo(2);
        grid.nodes.keySet().forEach(node -> assertThat(weight(node.value(), 2)).isZero());
    }

    @Test
    void aCanaryWithoutPauseWaitsForPromotion() {
        served(1, 2, canary(new Strategy.Step(20, null)));
        grid.deploy(WEB, 2, 2);
        for (int i = 0; i < 300; i++) {
            grid.startAll();
            grid.step();
        }
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.CANARY);
        assertThat(grid.rollout(WEB).sentence()).contains("waits for somebody to promote");
        grid.command(WEB, new RolloutCommands(false, 1, false, "", false));
        stepTo(RolloutPhase.COMPLETED);
    }

    @Test
    void onePromotionPassesOneStepAndAWholeOnePassesAll() {
        served(1, 2, canary(new Strategy.Step(10, null), new Strategy.Step(50, null), new Strategy.Step(80, null)));
        grid.deploy(WEB, 2, 2);
        stepUntil(state -> state.steadySince() != null);
        grid.command(WEB, new RolloutCommands(false, 1, false, "", false));
        for (int i = 0; i < 20; i++) {
            grid.startAll();
            grid.step();
        }
        assertThat(grid.rollout(WEB).step()).isOne();
        grid.command(WEB, new RolloutCommands(false, 2, true, "", false));
        stepTo(RolloutPhase.COMPLETED);
    }

    @Test
    void aCanaryThatBreaksAGateIsRolledBackAndGetsNoFurtherRequest() {
        served(2, 4, gated(new Strategy.Canary(List.of(step(25, 600)))));
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(19, 19, 5));
        grid.step();
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.CANARY);
        grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(100, 2, 5));
        grid.step();
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.ROLLING_BACK);
        assertThat(grid.rollout(WEB).cause()).contains("2.00 % of 100 requests, and at most 1.00 %");
        grid.nodes.keySet().forEach(node -> assertThat(weight(node.value(), 2)).isZero());
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(count(2)).isZero();
        assertThat(grid.ready(WEB)).isEqualTo(4);
    }

    @Test
    void aCanaryTooSlowIsRolledBack() {
        served(1, 1, gated(new Strategy.Canary(List.of(step(25, 600)))));
        grid.deploy(WEB, 2, 1);
        stepUntil(state -> state.steadySince() != null);
        grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(50, 0, 250));
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(grid.rollout(WEB).cause()).contains("up to 250.00 ms, and at most 200 ms");
    }

    @Test
    void aGatedStepWaitsForEnoughRequests() {
        served(1, 1, gated(new Strategy.Canary(List.of(step(25, 5)))));
        grid.deploy(WEB, 2, 1);
        for (int i = 0; i < 300; i++) {
            grid.startAll();
            grid.step();
        }
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.CANARY);
        assertThat(grid.rollout(WEB).sentence()).contains("need 20 requests and it had 0");
        grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(50, 0, 20));
        stepTo(RolloutPhase.COMPLETED);
    }

    @Test
    void anAbortedCanaryLeavesTheFormerRevisionUntouched() {
        served(2, 4, canary(step(25, 600)));
        List<Placement> before = grid.of(WEB);
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        grid.command(WEB, new RolloutCommands(false, 0, false, "ada", false));
        grid.step();
        grid.nodes.keySet().forEach(node -> assertThat(weight(node.value(), 2)).isZero());
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(grid.of(WEB)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(grid.rollout(WEB).cause()).isEqualTo("ada aborted the rollout.");
        assertThat(grid.notes)
                .extracting(RolloutNote::kind)
                .containsExactly(RolloutNote.Kind.STARTED, RolloutNote.Kind.FAILED, RolloutNote.Kind.ROLLED_BACK);
    }

    @Test
    void blueGreenSwitchesAllNodesWholeAndKeepsTheFormerRevision() {
        served(2, 4, policy(new Strategy.BlueGreen(true, Duration.ofSeconds(30))));
        grid.deploy(WEB, 2, 4);
        List<Integer> weights = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            grid.startAll();
            grid.step();
            weights.add(weight("n1", 2));
            weights.add(weight("n2", 2));
        }
        assertThat(weights).containsOnly(0, 100);
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.SWITCHED);
        assertThat(count(1)).isEqualTo(4);
        assertThat(count(2)).isEqualTo(4);
        stepTo(RolloutPhase.COMPLETED);
        assertThat(count(1)).isZero();
    }

    @Test
    void blueGreenSwitchesBackAtOnce() {
        served(2, 4, policy(new Strategy.BlueGreen(false, Duration.ofMinutes(10))));
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        assertThat(grid.rollout(WEB).phase()).isEqualTo(RolloutPhase.PREPARING);
        assertThat(weight("n1", 2)).isZero();
        grid.command(WEB, new RolloutCommands(false, 1, false, "", false));
        grid.step();
        assertThat(List.of(weight("n1", 2), weight("n2", 2))).containsOnly(100);
        grid.command(WEB, new RolloutCommands(false, 1, false, "ada", false));
        grid.step();
        assertThat(List.of(weight("n1", 1), weight("n2", 1))).containsOnly(100);
        stepTo(RolloutPhase.ROLLED_BACK);
        assertThat(count(1)).isEqualTo(4);
        assertThat(count(2)).isZero();
    }

    @Test
    void blueGreenDoesNotSwitchWhileANodeThatServesHasNoNewInstance() {
        served(2, 2, policy(new Strategy.BlueGreen(true, Duration.ofSeconds(30))));
        grid.deploy(WEB, 2, 2);
        grid.step();
        Placement onFirst = grid.of(WEB).stream()
                .filter(placement ->
                        placement.revision().number() == 2 && placement.node().equals(new NodeId("n1")))
                .findFirst()
                .orElseThrow();
        grid.observe(onFirst.instance(), InstanceState.RUNNING, "", 0);
        grid.step();
        grid.step();
        assertThat(grid.rollout(WEB).sentence()).contains("none yet on n2");
        assertThat(List.of(weight("n1", 2), weight("n2", 2))).containsOnly(0);
    }

    @Test
    void aNewerRevisionSupersedesARolloutAndTheFirstStaysWhatIsGoneBackTo() {
        served(1, 2, canary(step(20, 600)));
        grid.deploy(WEB, 2, 2);
        stepUntil(state -> state.steadySince() != null);
        grid.deploy(WEB, 3, 2);
        grid.step();
        assertThat(grid.notes).extracting(RolloutNote::kind).contains(RolloutNote.Kind.SUPERSEDED);
        assertThat(grid.rollout(WEB).number()).isEqualTo(3);
        assertThat(grid.rollout(WEB).baseline()).isEqualTo(new RevisionId(GridFixture.id(WEB), 1));
        stepUntil(state -> state.steadySince() != null);
        assertThat(weight("n1", 3)).isEqualTo(20);
        assertThat(count(2)).isZero();
        assertThat(count(1)).isEqualTo(2);
    }

    @Test
    void aGivenUpRevisionIsTriedAgainWhenAskedTo() {
        served(1, 2, rolling(1, 0, Duration.ZERO));
        grid.deploy(WEB, 2, 2);
        grid.step();
        crash(2, 5);
        stepTo(RolloutPhase.ROLLED_BACK);
        grid.command(WEB, new RolloutCommands(false, 0, false, "", true));
        stepTo(RolloutPhase.COMPLETED);
        assertThat(count(2)).isEqualTo(2);
        assertThat(grid.rollout(WEB).number()).isEqualTo(3);
    }

    @Test
    void lostInstancesOfTheFormerRevisionComeBackWhileACanaryRuns() {
        served(2, 4, canary(step(10, 600)));
        grid.node("n3");
        grid.deploy(WEB, 2, 4);
        stepUntil(state -> state.steadySince() != null);
        grid.node("n1").state = dev.warpgrid.control.snapshot.NodeState.LOST;
        for (int i = 0; i < 10; i++) {
            grid.startAll();
            grid.step();
        }
        assertThat(grid.of(WEB).stream()
                        .filter(placement -> placement.revision().number() == 1
                                && !placement.node().equals(new NodeId("n1"))))
                .hasSize(4);
    }
}

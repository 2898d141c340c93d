package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.replica.Reason;
import dev.warpgrid.control.replica.ReplicaDecision;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicaDeciderTest {
    private final GridFixture grid = new GridFixture();

    private InstanceId only(String name) {
        assertThat(grid.of(name)).hasSize(1);
        return grid.of(name).getFirst().instance();
    }

    private static Stream<String> sentences(ReplicaDecision decision, Reason.Kind kind) {
        return decision.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .map(Reason::sentence);
    }

    @Test
    void spreadsInstancesOverNodes() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 4);
        grid.step();
        assertThat(grid.of("web").stream().map(Placement::node).filter(new NodeId("n1")::equals))
                .hasSize(2);
        assertThat(grid.of("web")).hasSize(4);
    }

    @Test
    void explainsEachPlacementByVerdictsOfAllNodes() {
        grid.node("n1");
        grid.node("n2").state = NodeState.LOST;
        grid.deploy("web", 1, 1);
        ReplicaDecision decision = grid.decide();
        Reason reason = decision.reasons().getFirst();
        assertThat(reason.kind()).isEqualTo(Reason.Kind.PLACED);
        assertThat(reason.verdicts()).hasSize(2);
        assertThat(reason.verdicts().getFirst().scores()).isNotEmpty();
        assertThat(reason.verdicts().getLast().vetoes()).containsExactly("it is lost");
    }

    @Test
    void refusesPlacementWhenMemoryIsFullAndSaysSo() {
        grid.node("n1").memoryBytes = ByteSize.ofMebibytes(100).bytes();
        grid.deploy("web", 1, 2);
        ReplicaDecision decision = grid.step();
        assertThat(grid.of("web")).hasSize(1);
        assertThat(sentences(decision, Reason.Kind.UNPLACEABLE))
                .singleElement()
                .asString()
                .contains("36MiB of 100MiB memory left", "needs 64MiB", "add a node");
    }

    @Test
    void refusesNodesThatDoNotProvideAnImportAndNamesIt() {
        grid.node("n1").interfaces = List.of("wasi:http/types@0.3.0");
        grid.deploy("web", 1, 1);
        assertThat(sentences(grid.step(), Reason.Kind.UNPLACEABLE))
                .singleElement()
                .asString()
                .contains("does not provide " + GridFixture.HTTP);
        assertThat(grid.of("web")).isEmpty();
    }

    @Test
    void saysThatTheGridHasNoNode() {
        grid.deploy("web", 1, 1);
        assertThat(sentences(grid.step(), Reason.Kind.UNPLACEABLE))
                .singleElement()
                .asString()
                .contains("the grid has none");
    }

    @Test
    void scalesDownNotYetRunningThenNewestFirst() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.deploy("web", 1, 3);
        grid.step();
        List<Placement> before = grid.of("web");
        Placement starting = before.getLast();
        grid.deploy("web", 1, 2);
        grid.step();
        assertThat(grid.of("web")).doesNotContain(starting).hasSize(2);
        grid.deploy("web", 1, 1);
        grid.step();
        assertThat(grid.of("web")).containsExactly(before.getFirst());
    }

    @Test
    void replacesAnInstanceThatCannotRunElsewhereFirst() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 1);
        grid.step();
        Placement first = grid.of("web").getFirst();
        grid.observe(first.instance(), InstanceState.FAILED, "The import x is missing.", 0);
        ReplicaDecision decision = grid.step();
        assertThat(decision.actions()).singleElement().isInstanceOfSatisfying(Action.Replace.class, replace -> {
            assertThat(replace.cause()).isEqualTo(Action.Cause.CANNOT_RUN);
            assertThat(replace.placement().node()).isNotEqualTo(first.node());
            assertThat(replace.sentence()).contains("The import x is missing");
        });
    }

    @Test
    void waitsLongerWithEachReplacementThatCannotRunEither() {
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.step();
        int replaced = 0;
        for (int second = 0; second < 60; second++) {
            grid.observe(only("web"), InstanceState.FAILED, "No.", 0);
            replaced += grid.step().actions().size();
        }
        // At 0, 2, 6, 14, 30 and not again before 62 seconds.
        assertThat(replaced).isEqualTo(5);
    }

    @Test
    void forgetsSetbacksWhenANewRevisionComes() {
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.step();
        grid.observe(only("web"), InstanceState.FAILED, "No.", 0);
        grid.step();
        grid.observe(only("web"), InstanceState.FAILED, "No.", 0);
        assertThat(grid.step().actions()).isEmpty();
        grid.deploy("web", 2, 1);
        grid.settle();
        assertThat(grid.ready("web")).isOne();
        assertThat(grid.of("web").getFirst().revision().number()).isEqualTo(2);
    }

    @Test
    void keepsAnInstanceThatCrashesWithItsAgent() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 1);
        grid.settle();
        grid.observe(only("web"), InstanceState.BACKING_OFF, "It trapped.", 7);
        assertThat(grid.step().actions()).isEmpty();
    }

    @Test
    void replacesInstancesOfALostNodeElsewhereAndMakesNoDoubleOnItsReturn() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.node("n1").state = NodeState.LOST;
        grid.step();
        grid.startAll();
        assertThat(grid.of("web")).allMatch(placement -> placement.node().equals(new NodeId("n2")));
        assertThat(grid.ready("web")).isEqualTo(2);
        grid.node("n1").state = NodeState.READY;
        grid.settle();
        assertThat(grid.of("web")).hasSize(2);
        assertThat(grid.node("n1").desired.assignments()).isEmpty();
    }

    @Test
    void leavesInstancesOfALostNodeWhereNoOtherHasRoom() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        List<Placement> before = grid.of("web");
        grid.node("n1").state = NodeState.LOST;
        ReplicaDecision decision = grid.step();
        assertThat(decision.actions()).isEmpty();
        assertThat(sentences(decision, Reason.Kind.UNPLACEABLE)).isNotEmpty();
        grid.node("n1").state = NodeState.READY;
        grid.settle();
        assertThat(grid.of("web")).isEqualTo(before);
    }

    @Test
    void doesNothingAboutInstancesOfASuspectedNode() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 4);
        grid.settle();
        grid.node("n1").state = NodeState.SUSPECTED;
        grid.observations.clear();
        assertThat(grid.step().actions()).isEmpty();
    }

    @Test
    void rollsOutWithoutFallingBelowTheCount() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 4);
        grid.settle();
        grid.deploy("web", 2, 4);
        for (int i = 0; i < 40; i++) {
            grid.step();
            assertThat(grid.ready("web")).isGreaterThanOrEqualTo(4);
            assertThat(grid.of("web").size()).isLessThanOrEqualTo(5);
            grid.startAll();
        }
        assertThat(grid.of("web"))
                .hasSize(4)
                .allMatch(placement -> placement.revision().number() == 2);
    }

    @Test
    void keepsTheOldRevisionWhileTheNewOneDoesNotRun() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.deploy("web", 2, 2);
        for (int i = 0; i < 30; i++) {
            grid.step();
            for (Placement placement : grid.of("web")) {
                if (placement.revision().number() == 2) {
                    grid.observe(placement.instance(), InstanceState.BACKING_OFF, "It trapped.", i);
                }
            }
        }
        assertThat(grid.ready("web")).isEqualTo(2);
        assertThat(grid.node("n1").desired.routes())
                .singleElement()
                .satisfies(route -> assertThat(
                                route.targets().getFirst().revision().number())
                        .isOne());
    }

    @Test
    void stopsTheLastOldInstanceOfANodeOnlyAfterItsRoutesShifted() {
        grid.node("n1");
        grid.deploy("web", 1, 1);
        grid.settle();
        grid.deploy("web", 2, 1);
        grid.step();
        grid.startAll();
        ReplicaDecision decision = grid.step();
        assertThat(decision.actions()).isEmpty();
        assertThat(sentences(decision, Reason.Kind.WAITING))
                .singleElement()
                .asString()
                .contains("stays until node n1");
        grid.node("n1").applied--;
        assertThat(grid.decide().actions()).isEmpty();
        grid.node("n1").applied++;
        grid.step();
        assertThat(grid.of("web"))
                .singleElement()
                .satisfies(
                        placement -> assertThat(placement.revision().number()).isEqualTo(2));
    }

    @Test
    void givesUpOutdatedInstancesWithoutHopeSoThatTheNewRevisionHasRoom() {
        grid.node("n1").memoryBytes = ByteSize.ofMebibytes(64).bytes();
        grid.deploy("web", 1, 1);
        grid.step();
        grid.observe(only("web"), InstanceState.BACKING_OFF, "It trapped.", 5);
        grid.deploy("web", 2, 1);
        grid.settle();
        assertThat(grid.of("web").getFirst().revision().number()).isEqualTo(2);
    }

    @Test
    void restartReplacesEachInstanceByOneOfTheSameRevision() {
        grid.node("n1");
        grid.deploy("web", 1, 3);
        grid.settle();
        List<Placement> before = grid.of("web");
        grid.deploy("web", 1, 3, 64, 1);
        for (int i = 0; i < 20; i++) {
            grid.step();
            assertThat(grid.ready("web")).isGreaterThanOrEqualTo(3);
            grid.startAll();
        }
        assertThat(grid.of("web")).hasSize(3).doesNotContainAnyElementsOf(before);
    }

    @Test
    void removesInstancesOfADeletedDeploymentAndOfADeletedNode() {
        grid.node("n1");
        grid.node("n2");
        grid.deploy("web", 1, 2);
        grid.deploy("api", 1, 2);
        grid.settle();
        grid.deployments.remove(GridFixture.id("api"));
        grid.nodes.remove(new NodeId("n2"));
        grid.settle();
        assertThat(grid.of("api")).isEmpty();
        assertThat(grid.of("web"))
                .hasSize(2)
                .allMatch(placement -> placement.node().equals(new NodeId("n1")));
    }

    @Test
    void removesInstancesOfADeploymentThatWasDeletedAndMadeAnew() {
        grid.node("n1");
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.revisions.clear();
        grid.deploy("web", 2, 1);
        grid.settle();
        assertThat(grid.of("web"))
                .singleElement()
                .satisfies(
                        placement -> assertThat(placement.revision().number()).isEqualTo(2));
    }
}

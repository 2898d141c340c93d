package dev.warpgrid.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final NodeId N1 = new NodeId("n1");

    private final FactBoard board = new FactBoard();

    private static NodeDescription description() {
        return new NodeDescription(
                N1, "1", 1, new EngineFacts("None", "1", false), 2, 100, new TreeMap<>(), List.of(), "http://n1");
    }

    private static InstanceFact fact(String id, InstanceState state) {
        return new InstanceFact(
                1, NOW, N1, new InstanceId(id), new RevisionId(new DeploymentId("default", "web"), 1), state, "", 0, 0);
    }

    private List<InstanceId> known() {
        return board.node(N1)
                .map(facts -> List.copyOf(facts.instances().keySet()))
                .orElse(List.of());
    }

    @Test
    void aHelloReplacesAllThatWasKnownOfTheNode() {
        board.hello(1, description(), 3, List.of(fact("a", InstanceState.RUNNING)), NOW);
        board.hello(
                2, description(), 4, List.of(fact("b", InstanceState.RUNNING), fact("c", InstanceState.STOPPED)), NOW);
        assertThat(known()).containsExactly(new InstanceId("b"));
        assertThat(board.node(N1).orElseThrow().appliedGeneration()).isEqualTo(4);
    }

    @Test
    void passesOverWhatAnOlderConnectionStillBrings() {
        board.hello(2, description(), 0, List.of(fact("a", InstanceState.RUNNING)), NOW);
        board.hello(1, description(), 9, List.of(), NOW);
        board.facts(N1, 1, List.of(fact("b", InstanceState.RUNNING)));
        board.applied(N1, 1, 9);
        board.heard(N1, 1, NOW.plusSeconds(9));
        board.disconnected(N1, 1);
        NodeFacts facts = board.node(N1).orElseThrow();
        assertThat(known()).containsExactly(new InstanceId("a"));
        assertThat(facts.connected()).isTrue();
        assertThat(facts.lastHeardAt()).isEqualTo(NOW);
        assertThat(facts.appliedGeneration()).isZero();
    }

    @Test
    void keepsWhatWasLastHeardOfADisconnectedNode() {
        board.hello(1, description(), 0, List.of(fact("a", InstanceState.RUNNING)), NOW);
        board.disconnected(N1, 1);
        assertThat(known()).containsExactly(new InstanceId("a"));
        assertThat(board.isConnected(N1)).isFalse();
        board.forget(N1);
        assertThat(board.all()).isEmpty();
    }

    @Test
    void tellsChangesOfStateOnceAndForgetsStoppedInstances() {
        List<FactChange> changes = new ArrayList<>();
        board.hello(1, description(), 0, List.of(), NOW);
        var listening = board.onChange(changes::add);
        board.facts(N1, 1, List.of(fact("a", InstanceState.STARTING), fact("a", InstanceState.RUNNING)));
        board.facts(N1, 1, List.of(fact("a", InstanceState.RUNNING)));
        board.facts(N1, 1, List.of(fact("a", InstanceState.STOPPED)));
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst().transitions())
                .extracting(transition -> transition.now().state())
                .containsExactly(InstanceState.STARTING, InstanceState.RUNNING);
        assertThat(known()).isEmpty();
        listening.close();
        board.facts(N1, 1, List.of(fact("b", InstanceState.RUNNING)));
        assertThat(changes).hasSize(2);
    }
}

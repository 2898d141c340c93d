package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.routing.GridRoutesBuilder;
import dev.warpgrid.control.routing.RevisionShares;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GridRoutesBuilderTest {
    private static final DeploymentId WEB = new DeploymentId("default", "web");

    private final GridFixture grid = new GridFixture();
    private final SortedMap<NodeId, MeshPeer> peers = new TreeMap<>();

    GridRoutesBuilderTest() {
        for (String name : List.of("n1", "n2", "n3")) {
            grid.node(name);
            peers.put(new NodeId(name), new MeshPeer(new NodeId(name), name + ".test", 9445));
        }
    }

    private GridRoutes build() {
        return build(GridRoutes.empty());
    }

    private GridRoutes build(GridRoutes previous) {
        return GridRoutesBuilder.build(grid.snapshot(), peers, RevisionShares.allToNewestWithMost(), previous);
    }

    private RouteGroup web() {
        RouteGroup group = build().groups().get(WEB);
        assertThat(group).isNotNull();
        return group;
    }

    private static RevisionId revision(int number) {
        return new RevisionId(WEB, number);
    }

    @Test
    void namesEachNodeThatAnswersWithItsInstances() {
        grid.deploy("web", 1, 4);
        grid.settle();
        RouteGroup group = web();
        assertThat(group.routes())
                .containsExactly(new Route("web.default.localhost", "/", List.of(new RouteTarget(revision(1), 100))));
        assertThat(group.endpoints()).hasSize(3);
        assertThat(group.endpoints().stream().mapToInt(RouteEndpoint::instances).sum())
                .isEqualTo(4);
        assertThat(group.awaited()).isTrue();
        assertThat(build().peers()).isEqualTo(peers);
    }

    @Test
    void leavesOutInstancesThatDoNotAnswerYet() {
        grid.deploy("web", 1, 1);
        grid.step();
        assertThat(web().endpoints()).isEmpty();
        assertThat(web().awaited()).isTrue();
        grid.startAll();
        assertThat(web().endpoints()).hasSize(1);
    }

    @Test
    void expectsNothingOfAnInstanceThatCannotRunOrCrashesAgainAndAgain() {
        grid.deploy("web", 1, 1);
        grid.settle();
        Placement only = grid.of("web").getFirst();
        grid.observe(only.instance(), InstanceState.BACKING_OFF, "It trapped.", 1);
        assertThat(web().awaited()).isTrue();
        grid.observe(only.instance(), InstanceState.BACKING_OFF, "It trapped.", 3);
        assertThat(web().awaited()).isFalse();
        grid.observe(only.instance(), InstanceState.FAILED, "No such import.", 0);
        assertThat(web().awaited()).isFalse();
    }

    @Test
    void keepsTheHostsOfADeploymentWithoutInstances() {
        grid.deploy("web", 1, 0);
        assertThat(web().routes()).containsExactly(new Route("web.default.localhost", "/", List.of()));
        assertThat(web().awaited()).isFalse();
    }

    @Test
    void goesToTheNewRevisionWhenItAnswersAsOftenAsTheOld() {
        grid.deploy("web", 1, 2);
        grid.settle();
        grid.deploy("web", 2, 2);
        grid.step();
        assertThat(web().routes().getFirst().targets()).containsExactly(new RouteTarget(revision(1), 100));
        grid.settle();
        assertThat(web().routes().getFirst().targets()).containsExactly(new RouteTarget(revision(2), 100));
        assertThat(web().endpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.revision()).isEqualTo(revision(2)));
    }

    @Test
    void staysWithTheRevisionServedSoFarWhileNoneAnswers() {
        grid.deploy("web", 1, 1);
        grid.settle();
        GridRoutes before = build();
        grid.deploy("web", 2, 1);
        grid.step();
        grid.observations.clear();
        RouteGroup after = build(before).groups().get(WEB);
        assertThat(after).isNotNull();
        assertThat(after.routes().getFirst().targets()).containsExactly(new RouteTarget(revision(1), 100));
    }

    @Test
    void leavesOutSilentNodesWhileOthersAnswerAndKeepsThemWhileNoneDoes() {
        grid.deploy("web", 1, 3);
        grid.settle();
        grid.node("n1").state = NodeState.SUSPECTED;
        assertThat(web().endpoints())
                .extracting(endpoint -> endpoint.node().value())
                .containsExactly("n2", "n3");
        grid.node("n2").state = NodeState.SUSPECTED;
        grid.node("n3").state = NodeState.LOST;
        assertThat(web().endpoints())
                .extracting(endpoint -> endpoint.node().value())
                .containsExactly("n1", "n2");
        grid.node("n1").state = NodeState.LOST;
        grid.node("n2").state = NodeState.LOST;
        assertThat(web().endpoints()).isEmpty();
        assertThat(web().awaited()).isFalse();
    }

    @Test
    void takesNodesNotYetHeardAfterARestartToRunWhatIsPlacedThere() {
        grid.deploy("web", 1, 2);
        grid.settle();
        GridRoutes before = build();
        grid.observations.clear();
        grid.nodes.values().forEach(node -> node.state = NodeState.SUSPECTED);
        assertThat(build().groups()).isEqualTo(before.groups());
    }

    @Test
    void countsANodeWithoutMeshForTheSharesButNotAsAnEndpoint() {
        grid.deploy("web", 1, 3);
        grid.settle();
        peers.remove(new NodeId("n2"));
        assertThat(web().endpoints())
                .extracting(endpoint -> endpoint.node().value())
                .containsExactly("n1", "n3");
    }
}

package dev.warpgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GridRoutesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private static RouteGroup group(String name, int instances) {
        var revision = new RevisionId(new DeploymentId("default", name), 1);
        return new RouteGroup(
                revision.deployment(),
                List.of(new Route(name + ".test", "/", List.of(new RouteTarget(revision, 100)))),
                List.of(new RouteEndpoint(revision, N1, instances)),
                false);
    }

    private static GridRoutes table(List<RouteGroup> groups, MeshPeer... peers) {
        var byId = new TreeMap<DeploymentId, RouteGroup>();
        groups.forEach(group -> byId.put(group.deployment(), group));
        var byNode = new TreeMap<NodeId, MeshPeer>();
        for (MeshPeer peer : peers) {
            byNode.put(peer.node(), peer);
        }
        return new GridRoutes(byId, byNode);
    }

    @Test
    void aChangeNamesOnlyWhatDiffersAndLeadsToTheNewTable() {
        GridRoutes before = table(
                List.of(group("a", 1), group("b", 1), group("c", 1)),
                new MeshPeer(N1, "one", 1),
                new MeshPeer(N2, "two", 2));
        GridRoutes after = table(List.of(group("b", 2), group("c", 1), group("d", 1)), new MeshPeer(N1, "other", 1));
        GridRoutesChange change = after.since(before);
        assertThat(change.groups()).containsExactly(group("b", 2), group("d", 1));
        assertThat(change.removed()).containsExactly(new DeploymentId("default", "a"));
        assertThat(change.peers()).containsExactly(new MeshPeer(N1, "other", 1));
        assertThat(change.removedPeers()).containsExactly(N2);
        assertThat(before.with(change)).isEqualTo(after);
        assertThat(after.since(after).isEmpty()).isTrue();
    }

    @Test
    void theWholeTableReplacesAnyOther() {
        GridRoutes after = table(List.of(group("d", 1)), new MeshPeer(N1, "one", 1));
        assertThat(table(List.of(group("a", 1)), new MeshPeer(N2, "two", 2)).with(after.whole()))
                .isEqualTo(after);
        assertThat(GridRoutes.empty().whole().isEmpty()).isFalse();
    }

    @Test
    void aGroupHasRevisionsOfItsDeploymentOnly() {
        var other = new RevisionId(new DeploymentId("default", "other"), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteGroup(
                        new DeploymentId("default", "a"), List.of(), List.of(new RouteEndpoint(other, N1, 1)), false))
                .withMessageContaining("default/other@1");
    }

    @Test
    void addressesAreReadAndWritten() {
        for (String address : List.of("node.test:9445", "10.0.0.1:1", "[fe80::1]:9445")) {
            assertThat(MeshPeer.parse(N1, address).address()).isEqualTo(address);
        }
        assertThat(MeshPeer.parse(N1, "[fe80::1]:9445").host()).isEqualTo("fe80::1");
        for (String wrong : List.of("node", ":1", "node:", "node:x", "node:0", "node:70000", "a b:1")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> MeshPeer.parse(N1, wrong));
        }
    }
}

package dev.warpgrid.agent.mesh;

import static dev.warpgrid.agent.Samples.instance;
import static dev.warpgrid.agent.Samples.revision;
import static dev.warpgrid.agent.Samples.route;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.PoolEvents;
import dev.warpgrid.agent.guest.PoolLimits;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.agent.guest.RevisionPool;
import dev.warpgrid.agent.guest.ScriptedGuest;
import dev.warpgrid.agent.ingress.Ingress;
import dev.warpgrid.agent.ingress.IngressLimits;
import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.PeerLimits;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.agent.journal.RoutesJournal;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.WorkloadLimits;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node with ingress, pool and mesh, but without a supervisor: tests say what runs and what the grid looks like. */
final class MeshNode implements PoolEvents, AutoCloseable {
    static final PeerLimits PEERS =
            new PeerLimits(2, 100, 100, 64 << 10, 64 << 10, Duration.ofSeconds(1), Duration.ofSeconds(3));
    static final IngressLimits LIMITS = new IngressLimits(
            4096,
            1024,
            64 << 20,
            16 << 10,
            64 << 10,
            16 << 10,
            100,
            100,
            Duration.ofSeconds(8),
            Duration.ofSeconds(30));

    final NodeIdentity identity;
    final RevisionCounters counters = new RevisionCounters();
    final Ingress ingress;
    final Mesh mesh;
    final RevisionPool pool;
    private final Pools pools = new Pools(PoolLimits.of(2));
    private int started;

    MeshNode(Vertx vertx, NodeIdentity identity, Path home) {
        this.identity = identity;
        this.ingress = Ingress.open(vertx, LIMITS, "127.0.0.1", 0, 2);
        this.mesh = new Mesh(
                new Mesh.Parts(vertx, 2, LIMITS, PEERS, identity, new RoutesJournal(home), ingress::routes),
                "127.0.0.1",
                0);
        this.pool = pools.open(
                revision(1),
                new WorkloadLimits(ByteSize.ofMebibytes(1), Duration.ofSeconds(30), Duration.ofSeconds(30)),
                this);
    }

    NodeId id() {
        return identity.node();
    }

    MeshPeer peer() {
        return new MeshPeer(id(), "127.0.0.1", mesh.port());
    }

    /** One instance more, which the node itself routes to. */
    MeshNode runs(ScriptedGuest.Script script) {
        pool.add(instance(revision(1), started++), 1, new ScriptedGuest(script));
        SortedMap<RevisionId, LocalRevision> revisions = new TreeMap<>();
        revisions.put(revision(1), new LocalRevision(new Target(pool::submit, counters), pool::instances));
        mesh.local(new LocalRoutes(List.of(route(revision(1))), revisions));
        return this;
    }

    /** The instances are gone, and the node's pool with them. */
    void loses() {
        for (int i = 0; i < started; i++) {
            pool.stop(instance(revision(1), i), "gone");
        }
    }

    /** A table with all these nodes, of which some answer for {@code hello.localhost}. */
    static GridRoutes table(List<MeshPeer> all, boolean awaited, MeshNode... answering) {
        SortedMap<NodeId, MeshPeer> peers = new TreeMap<>();
        all.forEach(peer -> peers.put(peer.node(), peer));
        List<RouteEndpoint> endpoints = new ArrayList<>();
        for (MeshNode node : answering) {
            endpoints.add(new RouteEndpoint(revision(1), node.id(), 1));
        }
        SortedMap<dev.warpgrid.model.DeploymentId, RouteGroup> groups = new TreeMap<>();
        groups.put(
                revision(1).deployment(),
                new RouteGroup(revision(1).deployment(), List.of(route(revision(1))), endpoints, awaited));
        return new GridRoutes(groups, peers);
    }

    void goesBy(GridRoutes routes) {
        mesh.apply(routes.whole());
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {}

    @Override
    public void ended(InstanceId instance, long incarnation) {}

    @Override
    public void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String id, String detail) {}

    @Override
    public void close() {
        ingress.close();
        mesh.drain(Duration.ZERO);
        mesh.close();
        pool.close();
        pools.close();
    }
}

package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.ingress.IngressLimits;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.PeerDoor;
import dev.warpgrid.agent.ingress.PeerLimits;
import dev.warpgrid.agent.ingress.RouteTable;
import dev.warpgrid.agent.ingress.RoutedExchange;
import dev.warpgrid.agent.journal.RoutesJournal;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.agent.metrics.PrometheusText;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.GridRoutesChange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A node's part in serving every host of the grid: forwards what others answer, and answers what others forward. */
public final class Mesh implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Mesh.class.getName());
    private static final long SAVE_SECONDS = 1;

    /**
     * What a mesh works with.
     *
     * @param ingress takes each new table
     */
    public record Parts(
            Vertx vertx,
            int eventLoops,
            IngressLimits ingressLimits,
            PeerLimits limits,
            NodeIdentity identity,
            RoutesJournal journal,
            Consumer<RouteTable> ingress) {}

    private final PeerLimits limits;
    private final RoutesJournal journal;
    private final PeerClients clients;
    private final Router router;
    private final PeerDoor door;
    private final AtomicReference<NodeIdentity> identity;
    private final ScheduledThreadPoolExecutor saver = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("routes-journal").daemon().factory());
    private GridRoutes saved;

    /**
     * Opens the port for other nodes and goes by the routes of before the restart.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when the port cannot be opened
     */
    public Mesh(Parts parts, String host, int port) {
        this.limits = parts.limits();
        this.journal = parts.journal();
        this.identity = new AtomicReference<>(parts.identity());
        this.clients = new PeerClients(parts.vertx(), parts.limits(), parts.identity());
        this.router = new Router(parts.identity().node(), parts.ingress(), this::send);
        this.saved = journal.load().orElse(GridRoutes.empty());
        router.grid(saved.whole());
        this.door = PeerDoor.open(
                parts.vertx(),
                new PeerDoor.Parts(
                        parts.ingressLimits(),
                        parts.limits(),
                        () -> MeshTls.server(identity.get()),
                        NodeIdentity::nodeOf,
                        router::isPeer,
                        router::localTarget),
                host,
                port,
                parts.eventLoops());
        var ignored = saver.scheduleWithFixedDelay(this::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    }

    private void send(RoutedExchange exchange, Endpoint endpoint) {
        new RemoteCall(exchange, endpoint, limits).start(clients.on(exchange.context()));
    }

    public int port() {
        return door.port();
    }

    /** What this node can answer has changed. */
    public void local(LocalRoutes newest) {
        router.local(newest);
    }

    /** @throws IllegalArgumentException when the table would be larger than it may be */
    public void apply(GridRoutesChange change) {
        router.grid(change);
    }

    /** New connections go by the new certificate; those that are open stay. */
    public void renew(NodeIdentity renewed) {
        identity.set(renewed);
        door.renew(MeshTls.server(renewed));
        clients.renew(renewed);
    }

    public List<PrometheusText.PeerSample> peers() {
        return router.peers().stream()
                .map(peer -> new PrometheusText.PeerSample(
                        peer.node.value(), peer.inFlight.get(), peer.sent.sum(), peer.failed.sum()))
                .sorted((one, other) -> one.node().compareTo(other.node()))
                .toList();
    }

    private synchronized void save() {
        GridRoutes newest = router.grid();
        if (newest.equals(saved)) {
            return;
        }
        try {
            journal.save(newest);
            saved = newest;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The routes of the grid cannot be written and are tried again", e);
        }
    }

    /** Requests of other nodes are turned away from now on, and those under way finish. */
    public void drain(Duration limit) {
        door.drain(limit);
    }

    @Override
    public void close() {
        saver.shutdownNow();
        save();
        clients.close();
    }
}

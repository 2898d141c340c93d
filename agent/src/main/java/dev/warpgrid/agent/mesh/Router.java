package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.RouteTable;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Puts the grid's routes and this node's own together into the table that requests follow. What the grid's routes name goes
 * by them; what they do not name yet, by the node's. Thread-safe.
 */
final class Router {
    /** A host and path that a route claims. */
    private record Claim(String host, String path) {}

    /** What one node answers of one revision. */
    private record Where(RevisionId revision, NodeId node) {}

    private final NodeId self;
    private final Consumer<RouteTable> ingress;
    private final RevisionEndpoints.Sender sender;
    private final Map<NodeId, Peer> peers = new ConcurrentHashMap<>();

    /** Written under the lock, read by each forwarded request without it. */
    private volatile LocalRoutes local = LocalRoutes.none();

    private GridRoutes grid = GridRoutes.empty();
    private Map<Where, Endpoint> endpoints = new HashMap<>();
    private Map<RevisionId, AtomicInteger> inFlightHere = new HashMap<>();

    Router(NodeId self, Consumer<RouteTable> ingress, RevisionEndpoints.Sender sender) {
        this.self = self;
        this.ingress = ingress;
        this.sender = sender;
    }

    synchronized void local(LocalRoutes newest) {
        local = newest;
        publish();
    }

    synchronized void grid(GridRoutesChange change) {
        grid = grid.with(change);
        peers.keySet().retainAll(grid.peers().keySet());
        for (MeshPeer address : grid.peers().values()) {
            if (!address.node().equals(self)) {
                peers.computeIfAbsent(address.node(), node -> new Peer(address)).at(address);
            }
        }
        // News of a deployment: what refused it before may take it now.
        change.groups()
                .forEach(group -> group.endpoints().forEach(endpoint -> {
                    Endpoint known = endpoints.get(new Where(endpoint.revision(), endpoint.node()));
                    if (known != null) {
                        known.aside.clear();
                    }
                }));
        publish();
    }

    synchronized GridRoutes grid() {
        return grid;
    }

    Optional<Target> localTarget(RevisionId revision) {
        return Optional.ofNullable(local.revisions().get(revision)).map(LocalRevision::target);
    }

    boolean isPeer(NodeId node) {
        return peers.containsKey(node);
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    private void publish() {
        Map<Where, Endpoint> endpointsNow = new HashMap<>();
        Map<RevisionId, AtomicInteger> inFlightNow = new HashMap<>();
        Map<RevisionId, Optional<Target>> targets = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        Set<Claim> claimed = new HashSet<>();
        for (RouteGroup group : grid.groups().values()) {
            for (Route route : group.routes()) {
                routes.add(route);
                claimed.add(new Claim(route.host(), route.pathPrefix()));
            }
            if (!group.routes().isEmpty()) {
                targets(group, endpointsNow, inFlightNow, targets);
            }
        }
        for (Route route : local.routes()) {
            if (claimed.add(new Claim(route.host(), route.pathPrefix()))) {
                routes.add(route);
            }
        }
        endpoints = endpointsNow;
        inFlightHere = inFlightNow;
        ingress.accept(RouteTable.of(
                routes,
                revision -> targets.computeIfAbsent(
                        revision,
                        unnamed -> Optional.ofNullable(local.revisions().get(unnamed))
                                .map(LocalRevision::target))));
    }

    private void targets(
            RouteGroup group,
            Map<Where, Endpoint> endpointsNow,
            Map<RevisionId, AtomicInteger> inFlightNow,
            Map<RevisionId, Optional<Target>> targets) {
        Map<RevisionId, List<Endpoint>> others = new HashMap<>();
        Set<RevisionId> answered = new HashSet<>();
        for (RouteEndpoint each : group.endpoints()) {
            Peer peer = peers.get(each.node());
            if (peer != null) {
                Endpoint endpoint = endpoint(each, peer);
                endpointsNow.put(new Where(each.revision(), each.node()), endpoint);
                others.computeIfAbsent(each.revision(), revision -> new ArrayList<>())
                        .add(endpoint);
            }
            if (peer != null || each.node().equals(self)) {
                answered.add(each.revision());
            }
        }
        boolean expected = group.awaited() || !group.endpoints().isEmpty();
        boolean some = false;
        for (RouteTarget target : group.routes().getFirst().targets()) {
            some |= target.weight() > 0 && isAnswered(target.revision(), answered);
        }
        for (RouteTarget target : group.routes().getFirst().targets()) {
            RevisionId revision = target.revision();
            // A revision that nobody answers for gives its share to the others, as long as there are others.
            targets.put(
                    revision,
                    some && !isAnswered(revision, answered)
                            ? Optional.empty()
                            : Optional.of(
                                    target(revision, others.getOrDefault(revision, List.of()), expected, inFlightNow)));
        }
    }

    private boolean isAnswered(RevisionId revision, Set<RevisionId> answered) {
        LocalRevision here = local.revisions().get(revision);
        return answered.contains(revision) || (here != null && here.instances().getAsInt() > 0);
    }

    private Endpoint endpoint(RouteEndpoint each, Peer peer) {
        Endpoint known = endpoints.get(new Where(each.revision(), each.node()));
        if (known == null || !known.peer.equals(peer)) {
            return new Endpoint(each.revision(), peer, each.instances());
        }
        known.instances(each.instances());
        return known;
    }

    private Target target(
            RevisionId revision, List<Endpoint> others, boolean expected, Map<RevisionId, AtomicInteger> inFlightNow) {
        LocalRevision here = local.revisions().get(revision);
        if (here != null && others.isEmpty()) {
            return new Target(here.target().place(), here.target().counters(), expected);
        }
        AtomicInteger inFlight = inFlightHere.getOrDefault(revision, new AtomicInteger());
        inFlightNow.put(revision, inFlight);
        return new Target(
                new RevisionEndpoints(
                        here,
                        inFlight,
                        others,
                        sender,
                        System::nanoTime,
                        bound -> ThreadLocalRandom.current().nextInt(bound)),
                null,
                expected);
    }
}

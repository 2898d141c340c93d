package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.model.RouteTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One deployment as this node routes to it. What is counted of its endpoints lives on from one table to the next. */
final class DeploymentRoutes {
    /** What one node answers of one revision. */
    private record Where(RevisionId revision, NodeId node) {}

    private final RouteGroup group;
    private final LocalRoutes local;
    private final Map<Where, Endpoint> endpoints = new HashMap<>();
    private final Map<RevisionId, List<Endpoint>> others = new HashMap<>();
    private final Map<RevisionId, AtomicInteger> inFlightHere = new HashMap<>();
    private final Map<RevisionId, Optional<Target>> targets = new HashMap<>();
    private final Set<RevisionId> answered = new TreeSet<>();

    private DeploymentRoutes(RouteGroup group, LocalRoutes local) {
        this.group = group;
        this.local = local;
    }

    /** @param before the same deployment in the table before; null where it is new */
    static DeploymentRoutes of(
            NodeId self,
            RouteGroup group,
            @Nullable DeploymentRoutes before,
            Map<NodeId, Peer> peers,
            LocalRoutes local,
            RevisionEndpoints.Sender sender) {
        var routes = new DeploymentRoutes(group, local);
        for (RouteEndpoint each : group.endpoints()) {
            Peer peer = peers.get(each.node());
            if (peer != null) {
                routes.add(each, peer, before);
            }
            if (peer != null || each.node().equals(self)) {
                routes.answered.add(each.revision());
            }
        }
        routes.choose(before, sender);
        return routes;
    }

    private void add(RouteEndpoint each, Peer peer, @Nullable DeploymentRoutes before) {
        Where where = new Where(each.revision(), each.node());
        Endpoint known = before == null ? null : before.endpoints.get(where);
        Endpoint endpoint = known != null && known.peer.equals(peer)
                ? known
                : new Endpoint(each.revision(), peer, each.instances());
        endpoint.instances(each.instances());
        // News of the deployment: what refused it before may take it now.
        endpoint.aside.clear();
        endpoints.put(where, endpoint);
        others.computeIfAbsent(each.revision(), revision -> new ArrayList<>()).add(endpoint);
    }

    private void choose(@Nullable DeploymentRoutes before, RevisionEndpoints.Sender sender) {
        if (group.routes().isEmpty()) {
            return;
        }
        List<RouteTarget> shares = group.routes().getFirst().targets();
        boolean someAnswered = shares.stream().anyMatch(share -> share.weight() > 0 && isAnswered(share.revision()));
        for (RouteTarget share : shares) {
            // A revision that nobody answers for gives its share to the others, as long as there are others.
            targets.put(
                    share.revision(),
                    someAnswered && !isAnswered(share.revision())
                            ? Optional.empty()
                            : Optional.of(target(share.revision(), before, sender)));
        }
    }

    private boolean isAnswered(RevisionId revision) {
        LocalRevision here = local.revisions().get(revision);
        return answered.contains(revision) || (here != null && here.instances().getAsInt() > 0);
    }

    private Target target(RevisionId revision, @Nullable DeploymentRoutes before, RevisionEndpoints.Sender sender) {
        LocalRevision here = local.revisions().get(revision);
        List<Endpoint> elsewhere = others.getOrDefault(revision, List.of());
        boolean expected = group.awaited() || !group.endpoints().isEmpty();
        if (here != null && elsewhere.isEmpty()) {
            return new Target(here.target().place(), here.target().counters(), expected);
        }
        AtomicInteger known = before == null ? null : before.inFlightHere.get(revision);
        AtomicInteger inFlight = known == null ? new AtomicInteger() : known;
        inFlightHere.put(revision, inFlight);
        return new Target(
                new RevisionEndpoints(
                        here,
                        inFlight,
                        elsewhere,
                        sender,
                        System::nanoTime,
                        bound -> ThreadLocalRandom.current().nextInt(bound)),
                null,
                expected);
    }

    List<Route> routes() {
        return group.routes();
    }

    Set<String> hosts() {
        return group.routes().stream().map(Route::host).collect(Collectors.toSet());
    }

    boolean names(RevisionId revision) {
        return targets.containsKey(revision);
    }

    /** Empty where other revisions take its share. */
    Optional<Target> target(RevisionId revision) {
        return targets.getOrDefault(revision, Optional.empty());
    }
}

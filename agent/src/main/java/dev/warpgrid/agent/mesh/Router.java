package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.ingress.LocalRevision;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.RouteTable;
import dev.warpgrid.agent.ingress.Target;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Puts the grid's routes and this node's own together into the table that requests follow. What the grid's routes name goes
 * by them; what they do not name yet, by the node's. A change costs what it touches, not what the table holds. Thread-safe.
 */
final class Router {
    private final NodeId self;
    private final Consumer<RouteTable> ingress;
    private final RevisionEndpoints.Sender sender;
    private final Map<NodeId, Peer> peers = new ConcurrentHashMap<>();
    private final Map<DeploymentId, DeploymentRoutes> deployments = new HashMap<>();
    private final Map<String, SortedSet<DeploymentId>> deploymentsByHost = new HashMap<>();
    private Map<String, List<Route>> localByHost = new HashMap<>();
    private final Map<DeploymentId, Set<String>> localHosts = new HashMap<>();
    private GridRoutes grid = GridRoutes.empty();
    private RouteTable table = RouteTable.empty();
    /** Written under the lock, read by each forwarded request without it. */
    private volatile LocalRoutes local = LocalRoutes.none();

    Router(NodeId self, Consumer<RouteTable> ingress, RevisionEndpoints.Sender sender) {
        this.self = self;
        this.ingress = ingress;
        this.sender = sender;
    }

    /** @throws IllegalArgumentException when the table would be larger than it may be; it stays as it was */
    synchronized void grid(GridRoutesChange change) {
        GridRoutes before = grid;
        grid = grid.with(change);
        Set<DeploymentId> changed = new TreeSet<>(change.removed());
        change.groups().forEach(group -> changed.add(group.deployment()));
        if (change.full() || !before.peers().keySet().equals(grid.peers().keySet())) {
            changed.addAll(before.groups().keySet());
            changed.addAll(grid.groups().keySet());
        }
        peers.keySet().retainAll(grid.peers().keySet());
        for (MeshPeer address : grid.peers().values()) {
            if (!address.node().equals(self)) {
                peers.computeIfAbsent(address.node(), node -> new Peer(address)).at(address);
            }
        }
        publish(changed, new HashSet<>());
    }

    synchronized void local(LocalRoutes newest) {
        LocalRoutes before = local;
        local = newest;
        Set<RevisionId> revisions = new HashSet<>(before.revisions().keySet());
        revisions.addAll(newest.revisions().keySet());
        Set<DeploymentId> changed = new HashSet<>();
        for (RevisionId revision : revisions) {
            if (!Objects.equals(
                    before.revisions().get(revision), newest.revisions().get(revision))) {
                changed.add(revision.deployment());
            }
        }
        Map<String, List<Route>> byHost = new HashMap<>();
        newest.routes()
                .forEach(route -> byHost.computeIfAbsent(route.host(), host -> new ArrayList<>())
                        .add(route));
        Set<String> hosts = new HashSet<>();
        byHost.forEach((host, routes) -> {
            if (!routes.equals(localByHost.get(host))) {
                hosts.add(host);
            }
        });
        localByHost.keySet().stream().filter(host -> !byHost.containsKey(host)).forEach(hosts::add);
        localByHost = byHost;
        localHosts.clear();
        newest.routes()
                .forEach(route -> route.targets()
                        .forEach(target -> localHosts
                                .computeIfAbsent(target.revision().deployment(), leading -> new HashSet<>())
                                .add(route.host())));
        publish(changed, hosts);
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

    private void publish(Set<DeploymentId> changed, Set<String> hosts) {
        for (DeploymentId deployment : changed) {
            // The node's own routes lead to the revisions of a deployment too.
            hosts.addAll(localHosts.getOrDefault(deployment, Set.of()));
            RouteGroup group = grid.groups().get(deployment);
            DeploymentRoutes before = deployments.remove(deployment);
            if (before != null) {
                before.hosts().forEach(host -> {
                    hosts.add(host);
                    forget(host, deployment);
                });
            }
            if (group != null) {
                DeploymentRoutes fresh = DeploymentRoutes.of(self, group, before, peers, local, sender);
                deployments.put(deployment, fresh);
                fresh.hosts().forEach(host -> {
                    hosts.add(host);
                    deploymentsByHost
                            .computeIfAbsent(host, claimed -> new TreeSet<>())
                            .add(deployment);
                });
            }
        }
        Map<String, List<Route>> routes = new HashMap<>();
        hosts.forEach(host -> routes.put(host, routesOf(host)));
        table = table.with(routes, this::target);
        ingress.accept(table);
    }

    private void forget(String host, DeploymentId deployment) {
        SortedSet<DeploymentId> claiming = deploymentsByHost.get(host);
        if (claiming != null && claiming.remove(deployment) && claiming.isEmpty()) {
            deploymentsByHost.remove(host);
        }
    }

    /** Where two deployments claim the same path, the first by id has it. */
    private List<Route> routesOf(String host) {
        List<Route> routes = new ArrayList<>();
        Set<String> claimed = new HashSet<>();
        for (DeploymentId deployment : deploymentsByHost.getOrDefault(host, new TreeSet<>())) {
            DeploymentRoutes known = deployments.get(deployment);
            for (Route route : known == null ? List.<Route>of() : known.routes()) {
                if (route.host().equals(host) && claimed.add(route.pathPrefix())) {
                    routes.add(route);
                }
            }
        }
        for (Route route : localByHost.getOrDefault(host, List.of())) {
            if (claimed.add(route.pathPrefix())) {
                routes.add(route);
            }
        }
        return routes;
    }

    private Optional<Target> target(RevisionId revision) {
        DeploymentRoutes known = deployments.get(revision.deployment());
        return known != null && known.names(revision) ? known.target(revision) : localTarget(revision);
    }
}

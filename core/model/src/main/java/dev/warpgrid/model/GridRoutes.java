package dev.warpgrid.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The routes of the whole grid and the nodes behind them, as each node has them.
 *
 * @param groups of at most {@value #MOST_GROUPS} deployments
 * @param peers the nodes that forward and take forwarded requests, at most {@value #MOST_PEERS}
 */
public record GridRoutes(SortedMap<DeploymentId, RouteGroup> groups, SortedMap<NodeId, MeshPeer> peers) {
    public static final int MOST_GROUPS = 20_000;
    public static final int MOST_PEERS = 5_000;
    private static final GridRoutes EMPTY = new GridRoutes(new TreeMap<>(), new TreeMap<>());

    public GridRoutes {
        if (groups.size() > MOST_GROUPS || peers.size() > MOST_PEERS) {
            throw new IllegalArgumentException("A table of routes has at most " + MOST_GROUPS + " deployments and "
                    + MOST_PEERS + " nodes, and this one has " + groups.size() + " and " + peers.size() + ".");
        }
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
    }

    public static GridRoutes empty() {
        return EMPTY;
    }

    /** What makes this table out of an earlier one. */
    public GridRoutesChange since(GridRoutes before) {
        List<RouteGroup> changed = new ArrayList<>();
        groups.forEach((deployment, group) -> {
            if (!group.equals(before.groups.get(deployment))) {
                changed.add(group);
            }
        });
        List<MeshPeer> changedPeers = new ArrayList<>();
        peers.forEach((node, peer) -> {
            if (!peer.equals(before.peers.get(node))) {
                changedPeers.add(peer);
            }
        });
        return new GridRoutesChange(
                false,
                changed,
                before.groups.keySet().stream()
                        .filter(deployment -> !groups.containsKey(deployment))
                        .toList(),
                changedPeers,
                before.peers.keySet().stream()
                        .filter(node -> !peers.containsKey(node))
                        .toList());
    }

    /** The whole table as a change of any other. */
    public GridRoutesChange whole() {
        return new GridRoutesChange(
                true, List.copyOf(groups.values()), List.of(), List.copyOf(peers.values()), List.of());
    }

    /** The table after a change. */
    public GridRoutes with(GridRoutesChange change) {
        SortedMap<DeploymentId, RouteGroup> newGroups = new TreeMap<>();
        SortedMap<NodeId, MeshPeer> newPeers = new TreeMap<>();
        if (!change.full()) {
            newGroups.putAll(groups);
            newPeers.putAll(peers);
        }
        newGroups.keySet().removeAll(change.removed());
        newPeers.keySet().removeAll(change.removedPeers());
        change.groups().forEach(group -> newGroups.put(group.deployment(), group));
        change.peers().forEach(peer -> newPeers.put(peer.node(), peer));
        return new GridRoutes(newGroups, newPeers);
    }
}

package dev.warpgrid.model;

import java.util.List;

/**
 * A step from one table of routes to the next.
 *
 * @param full what is not named here is gone; otherwise it stays as it was
 * @param groups new ones and changed ones, each whole
 */
public record GridRoutesChange(
        boolean full,
        List<RouteGroup> groups,
        List<DeploymentId> removed,
        List<MeshPeer> peers,
        List<NodeId> removedPeers) {
    public GridRoutesChange {
        groups = List.copyOf(groups);
        removed = List.copyOf(removed);
        peers = List.copyOf(peers);
        removedPeers = List.copyOf(removedPeers);
    }

    public boolean isEmpty() {
        return !full && groups.isEmpty() && removed.isEmpty() && peers.isEmpty() && removedPeers.isEmpty();
    }
}

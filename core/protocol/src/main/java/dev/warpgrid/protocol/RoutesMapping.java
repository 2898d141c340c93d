package dev.warpgrid.protocol;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RouteEndpoint;
import dev.warpgrid.model.RouteGroup;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * The grid's routes on their way to an agent. A message that breaks a rule of the model throws
 * {@link IllegalArgumentException}.
 */
public final class RoutesMapping {
    /** After which a part is closed and another begun; a part may be larger by one group. */
    static final int PART_BYTES = 1 << 20;

    private RoutesMapping() {}

    /** At least one part; all but the last say that more follows. */
    public static List<GridRoutesUpdate> toMessages(GridRoutesChange change) {
        List<GridRoutesUpdate> parts = new ArrayList<>();
        GridRoutesUpdate.Builder part = GridRoutesUpdate.newBuilder().setFull(change.full());
        change.removed().forEach(deployment -> part.addRemovedDeployments(deployment.toString()));
        change.removedPeers().forEach(node -> part.addRemovedPeers(node.value()));
        change.peers()
                .forEach(peer -> part.addPeers(dev.warpgrid.protocol.v1.MeshPeer.newBuilder()
                        .setNodeId(peer.node().value())
                        .setAddress(peer.address())));
        int bytes = part.build().getSerializedSize();
        for (RouteGroup group : change.groups()) {
            if (bytes > PART_BYTES) {
                parts.add(part.setMoreFollows(true).build());
                part.clear().setFull(change.full());
                bytes = 0;
            }
            dev.warpgrid.protocol.v1.RouteGroup message = toMessage(group);
            bytes += message.getSerializedSize();
            part.addGroups(message);
        }
        parts.add(part.build());
        return parts;
    }

    /** @param parts all of one change, in their order */
    public static GridRoutesChange fromMessages(List<GridRoutesUpdate> parts) {
        List<RouteGroup> groups = new ArrayList<>();
        List<DeploymentId> removed = new ArrayList<>();
        List<MeshPeer> peers = new ArrayList<>();
        List<NodeId> removedPeers = new ArrayList<>();
        for (GridRoutesUpdate part : parts) {
            part.getGroupsList().forEach(group -> groups.add(fromMessage(group)));
            part.getRemovedDeploymentsList().forEach(id -> removed.add(DeploymentId.parse(id)));
            part.getPeersList()
                    .forEach(peer -> peers.add(MeshPeer.parse(new NodeId(peer.getNodeId()), peer.getAddress())));
            part.getRemovedPeersList().forEach(id -> removedPeers.add(new NodeId(id)));
        }
        return new GridRoutesChange(
                !parts.isEmpty() && parts.getFirst().getFull(), groups, removed, peers, removedPeers);
    }

    private static dev.warpgrid.protocol.v1.RouteGroup toMessage(RouteGroup group) {
        var message = dev.warpgrid.protocol.v1.RouteGroup.newBuilder()
                .setDeployment(group.deployment().toString())
                .setAwaited(group.awaited());
        group.routes().forEach(route -> message.addRoutes(StateMapping.toMessage(route)));
        group.endpoints()
                .forEach(endpoint -> message.addEndpoints(dev.warpgrid.protocol.v1.RouteEndpoint.newBuilder()
                        .setRevision(endpoint.revision().toString())
                        .setNodeId(endpoint.node().value())
                        .setInstances(endpoint.instances())));
        return message.build();
    }

    private static RouteGroup fromMessage(dev.warpgrid.protocol.v1.RouteGroup message) {
        return new RouteGroup(
                DeploymentId.parse(message.getDeployment()),
                message.getRoutesList().stream().map(StateMapping::fromMessage).toList(),
                message.getEndpointsList().stream()
                        .map(endpoint -> new RouteEndpoint(
                                RevisionId.parse(endpoint.getRevision()),
                                new NodeId(endpoint.getNodeId()),
                                endpoint.getInstances()))
                        .toList(),
                message.getAwaited());
    }
}

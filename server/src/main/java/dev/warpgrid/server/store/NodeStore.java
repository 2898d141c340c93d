package dev.warpgrid.server.store;

import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Nodes that have joined. */
public interface NodeStore {
    /** Those not deleted, by id. */
    List<StoredNode> all();

    /** Not deleted. */
    Optional<StoredNode> find(NodeId id);

    /** @return false where the id is taken, be it by a node that was deleted */
    boolean insert(NodeId id, String certificateSerial, int protocolVersion, Instant joinedAt);

    /** Keeps what the node told of itself. */
    void describe(NodeDescription description);

    void renewed(NodeId id, String certificateSerial);

    /** Distrusts it from now on and forgets what was placed there. */
    void delete(NodeId id, Instant at);
}

package dev.warpgrid.server.store;

import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node that has joined.
 *
 * @param description as last told; null before the first hello
 */
public record StoredNode(
        NodeId id, Instant joinedAt, @Nullable NodeDescription description) {
    /** What placements may reserve there. */
    public long memoryBytes() {
        return description == null ? 0 : description.memoryBytes();
    }
}

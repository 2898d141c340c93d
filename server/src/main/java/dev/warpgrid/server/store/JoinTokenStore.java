package dev.warpgrid.server.store;

import dev.warpgrid.model.NodeId;
import java.time.Instant;
import java.util.Optional;

/** One-time tokens that let nodes join. */
public interface JoinTokenStore {
    void insert(StoredJoinToken token);

    Optional<StoredJoinToken> find(String id);

    /**
     * Marks it used.
     *
     * @return false where it was used already or has expired: exactly one caller gets true
     */
    boolean use(String id, NodeId by, Instant at);

    /** Forgets those that expired before {@code before}. */
    void forgetExpired(Instant before);
}

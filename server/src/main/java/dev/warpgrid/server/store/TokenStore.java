package dev.warpgrid.server.store;

import dev.warpgrid.api.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access tokens. */
public interface TokenStore {
    Optional<StoredToken> find(String id);

    /** Neither revoked nor expired, oldest first. */
    List<StoredToken> ownedBy(Subject owner, Instant now);

    void insert(StoredToken token);

    void revoke(String id, Instant at);

    /** Revokes all of the owner's. */
    void revokeAll(Subject owner, Instant at);

    /** Forgets those that ended before {@code before}. */
    void forgetEnded(Instant before);
}

package dev.warpgrid.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Local users. */
public interface UserStore {
    Optional<StoredUser> find(String name);

    long count();

    /** @return false where the name is taken */
    boolean insert(StoredUser user);

    void setPassword(String name, String passwordHash);

    void setEnabled(String name, boolean enabled);

    /** Leaves the version alone: a failed login ends no session. */
    void setFailures(String name, int failedLogins, @Nullable Instant lockedUntil);
}

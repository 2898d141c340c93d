package dev.warpgrid.server.store;

import dev.warpgrid.api.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A local user.
 *
 * @param version changes when roles, password or enablement do: a session of another version is over
 * @param failedLogins in a row
 */
public record StoredUser(
        String name,
        String passwordHash,
        Set<Role> roles,
        boolean enabled,
        long version,
        int failedLogins,
        @Nullable Instant lockedUntil,
        Instant createdAt) {
    public StoredUser {
        roles = Set.copyOf(roles);
    }
}

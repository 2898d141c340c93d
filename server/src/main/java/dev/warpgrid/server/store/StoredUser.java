package dev.warpgrid.server.store;

import dev.warpgrid.api.Role;
import java.time.Instant;
import java.util.Set;

/**
 * A local user.
 *
 * @param version changes when roles, password or enablement do: a session of another version is over
 */
public record StoredUser(
        String name, String passwordHash, Set<Role> roles, boolean enabled, long version, Instant createdAt) {
    public StoredUser {
        roles = Set.copyOf(roles);
    }
}

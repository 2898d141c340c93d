package dev.warpgrid.server.store;

import java.time.Instant;

/**
 * A local user.
 *
 * @param version changes when password or enablement do: a session of another version is over
 */
public record StoredUser(String name, String passwordHash, boolean enabled, long version, Instant createdAt) {}

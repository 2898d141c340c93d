package dev.warpgrid.server.store;

import dev.warpgrid.api.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a role, and where.
 *
 * @param namespace null where the role is held grid-wide
 */
public record StoredBinding(
        String id, String role, Subject subject, @Nullable String namespace, Instant createdAt, String createdBy) {}

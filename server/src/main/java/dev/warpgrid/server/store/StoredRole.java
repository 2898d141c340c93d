package dev.warpgrid.server.store;

import dev.warpgrid.api.Permission;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A role of the grid's own. */
public record StoredRole(
        String name, String description, Set<Permission> permissions, Instant createdAt, String createdBy) {
    public StoredRole {
        EnumSet<Permission> copy = EnumSet.noneOf(Permission.class);
        copy.addAll(permissions);
        permissions = Collections.unmodifiableSet(copy);
    }
}

package dev.warpgrid.server.store;

import java.time.Instant;

/** A service account of a namespace. */
public record StoredServiceAccount(
        String namespace, String name, String description, Instant createdAt, String createdBy) {
    /** As bindings and tokens name it. */
    public String subject() {
        return namespace + "/" + name;
    }
}

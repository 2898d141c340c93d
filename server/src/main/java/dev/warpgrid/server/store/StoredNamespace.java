package dev.warpgrid.server.store;

import java.time.Instant;

/** A namespace. */
public record StoredNamespace(String name, Instant createdAt, String createdBy) {}

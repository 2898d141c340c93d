package dev.warpgrid.api;

import java.time.Instant;

/** A namespace and how much is in it. */
public record NamespaceView(String name, int deployments, int instances, Instant createdAt) {}

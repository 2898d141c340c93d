package dev.warpgrid.server.store;

import org.jspecify.annotations.Nullable;

/** What a namespace may hold at most; null for no limit. */
public record StoredQuota(
        @Nullable Long memoryBytes,
        @Nullable Long instances,
        @Nullable Long deployments,
        @Nullable Long artifactBytes) {}

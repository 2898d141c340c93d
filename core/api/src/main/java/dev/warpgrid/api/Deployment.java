package dev.warpgrid.api;

import org.jspecify.annotations.Nullable;

/** A deployment: who it is, what was asked for and what agents report. A writer leaves {@code status} out. */
public record Deployment(
        Metadata metadata, DeploymentSpec spec, @Nullable DeploymentStatus status) {}

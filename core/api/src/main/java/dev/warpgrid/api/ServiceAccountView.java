package dev.warpgrid.api;

import java.time.Instant;

/** Something that acts without a person: a pipeline, a controller. It has tokens and no password. */
public record ServiceAccountView(
        String namespace, String name, String description, Instant createdAt, String createdBy) {}

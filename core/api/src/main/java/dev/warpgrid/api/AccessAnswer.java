package dev.warpgrid.api;

import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something.
 *
 * @param namespace null where it was asked grid-wide
 * @param reason one sentence: what allows it, or what is missing
 */
public record AccessAnswer(
        boolean allowed, String permission, @Nullable String namespace, String reason) {}

package dev.warpgrid.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param secret the whole token, {@code warp_ID_SECRET}; only in the answer to its making, never again
 */
public record TokenView(
        String id,
        String name,
        String owner,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable String secret) {}

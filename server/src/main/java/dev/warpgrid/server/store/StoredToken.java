package dev.warpgrid.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param secretSha256 of the secret part, as hexadecimal digits
 */
public record StoredToken(
        String id,
        String name,
        String owner,
        String secretSha256,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}

package dev.warpgrid.server.store;

import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param owner a user or a service account
 * @param secretSha256 of the secret part, as hexadecimal digits
 */
public record StoredToken(
        String id,
        String name,
        Subject owner,
        String secretSha256,
        TokenLimit limit,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}

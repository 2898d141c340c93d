package dev.warpgrid.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A join token as it is kept.
 *
 * @param secretHash SHA-256 of the secret
 * @param authority SHA-256 of the certificate authority it is for, hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, never by equals
public record StoredJoinToken(
        String id,
        byte[] secretHash,
        String authority,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant usedAt) {}

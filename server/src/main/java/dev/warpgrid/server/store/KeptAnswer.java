package dev.warpgrid.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request that carried an {@code Idempotency-Key}.
 *
 * @param requestSha256 of method, path and body, as hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // handed over whole and never compared
public record KeptAnswer(
        String caller,
        String key,
        String requestSha256,
        int status,
        @Nullable String contentType,
        byte[] body,
        Instant createdAt) {}

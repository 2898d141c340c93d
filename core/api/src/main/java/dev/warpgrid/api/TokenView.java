package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param secret the whole token, {@code warp_ID_SECRET}; only in the answer to its making, never again
 * @param permissions the only ones of its owner's that it has; null for all
 * @param namespace the only one it works in; null for all
 */
public record TokenView(
        String id,
        String name,
        String owner,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable String secret,
        @Nullable List<String> permissions,
        @Nullable String namespace) {
    public TokenView {
        permissions = permissions == null ? null : List.copyOf(permissions);
    }

    /** Without the secret, which is for nobody's log. */
    @Override
    public String toString() {
        return "TokenView[" + id + ", " + name + "]";
    }
}

package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the next page begins: the last key of this one, made opaque so that nobody builds on it. */
final class Cursors {
    private Cursors() {}

    static String write(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable DeploymentId readDeployment(@Nullable String cursor) {
        return cursor == null ? null : read(cursor, DeploymentId::parse);
    }

    static @Nullable Digest readDigest(@Nullable String cursor) {
        return cursor == null ? null : read(cursor, Digest::new);
    }

    static int readNumber(String cursor) {
        return read(cursor, Integer::valueOf);
    }

    private static <T> T read(String cursor, Function<String, T> reader) {
        try {
            return reader.apply(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    "/cursor", "The cursor is none of ours: take it from the page before, or leave it out.");
        }
    }
}

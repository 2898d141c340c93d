package dev.warpgrid.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every named thing has. A writer sends name, namespace and labels; the rest is the server's and ignored on the way
 * in.
 *
 * @param uid made anew when a name is taken again
 * @param generation counts the changes of intent, from 1
 * @param resourceVersion changes with each change; it is the entity tag
 */
public record Metadata(
        String name,
        @Nullable String namespace,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable String uid,
        @Nullable Long generation,
        @Nullable String resourceVersion,
        @Nullable Instant createdAt) {

    public static Metadata named(String namespace, String name) {
        return new Metadata(name, namespace, null, null, null, null, null, null);
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling.
 *
 * @param id grows; a watcher resumes after the last one it saw
 * @param reason upper camel case and stable, for example {@code InstanceCrashed}
 * @param message one sentence with cause and, where it is known, remedy
 * @param count how many of the same were folded into this one
 */
public record EventView(
        long id,
        Instant at,
        Severity severity,
        String reason,
        String message,
        @Nullable String namespace,
        @Nullable String deployment,
        @Nullable String instance,
        @Nullable String node,
        long count) {

    /** How much it matters. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }
}

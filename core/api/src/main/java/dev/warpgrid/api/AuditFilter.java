package dev.warpgrid.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the trail; a null field matches all.
 *
 * @param action whole, or its beginning up to a dot: {@code deployment} matches {@code deployment.apply}
 * @param text part of actor, resource, detail, before or after
 * @param since the first moment that counts
 * @param until the first moment that does not
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String namespace,
        AuditEntry.@Nullable Outcome outcome,
        @Nullable String text,
        @Nullable Instant since,
        @Nullable Instant until) {
    public static AuditFilter all() {
        return new AuditFilter(null, null, null, null, null, null, null);
    }
}

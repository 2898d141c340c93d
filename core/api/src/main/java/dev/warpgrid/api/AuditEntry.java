package dev.warpgrid.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One write, or the attempt at one.
 *
 * @param id counts up without gaps
 * @param actor whose name stood behind it
 * @param origin the address it came from, and the token that was used
 * @param action for example {@code deployment.apply}
 * @param namespace null for what belongs to the grid
 * @param resource name of what it was done to
 * @param detail why it was refused; empty where it was done
 * @param before as JSON, without secrets; null where there was nothing
 * @param after as JSON, without secrets; null where nothing is left
 * @param previousHash of the entry before
 * @param hash SHA-256 over the hash before and every other field, so that no entry can be changed or taken out unnoticed
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String actorKind,
        String origin,
        String action,
        @Nullable String namespace,
        String resource,
        Outcome outcome,
        String detail,
        @Nullable String before,
        @Nullable String after,
        String previousHash,
        String hash) {

    /** What came of it. */
    public enum Outcome {
        DONE,
        REFUSED
    }
}

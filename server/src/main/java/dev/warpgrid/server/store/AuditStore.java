package dev.warpgrid.server.store;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The trail of writes. */
public interface AuditStore {
    /** Where a chain is at some moment: the last entry's number and hash. */
    record Link(long id, String hash) {}

    /**
     * Appends in the running transaction; until it ends nobody else appends.
     *
     * @param entry makes the entry from the link before it, with the next number
     */
    AuditEntry append(Function<Link, AuditEntry> entry);

    /**
     * The newest first.
     *
     * @param namespaces only entries of those; null for all, those of no namespace too
     */
    List<AuditEntry> newest(AuditFilter filter, @Nullable Set<String> namespaces, long before, int limit);

    /** The first {@code limit} after {@code id}, the oldest first. */
    List<AuditEntry> after(AuditFilter filter, @Nullable Set<String> namespaces, long id, int limit);

    /** Where the chain begins. */
    Link start();

    /**
     * Lets the oldest go: those before {@code keepSince}, and as many as are above {@code keepCount}.
     *
     * @return how many went
     */
    long prune(Instant keepSince, long keepCount);
}

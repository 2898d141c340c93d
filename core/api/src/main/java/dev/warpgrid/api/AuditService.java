package dev.warpgrid.api;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The trail of every write. Entries of the grid itself take the permission grid-wide. */
public interface AuditService {
    int MAXIMUM_LIMIT = 1000;

    /**
     * The newest first.
     *
     * @param before only entries with a smaller id; null begins with the newest
     */
    List<AuditEntry> list(Caller caller, AuditFilter filter, @Nullable Long before, int limit);

    /** All that match, the oldest first. */
    void export(Caller caller, AuditFilter filter, Consumer<AuditEntry> each);

    /** Takes the permission grid-wide. */
    AuditVerification verify(Caller caller);
}

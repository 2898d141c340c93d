package dev.warpgrid.server.audit;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.api.AuditVerification;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Permission;
import dev.warpgrid.server.service.Access;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.AuditStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the trail. Not transactional as a whole: an export lasts as long as its reader likes. */
@Singleton
@StoreFaults
public class StoredAudit implements AuditService {
    private static final int BATCH = 500;

    private final AuditStore store;
    private final Transactions transactions;

    @Inject
    public StoredAudit(AuditStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public List<AuditEntry> list(Caller caller, AuditFilter filter, @Nullable Long before, int limit) {
        Access.Places places = Access.places(caller, Permission.AUDIT_READ, place(filter));
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw ApiException.invalid(
                    "/limit", "A list holds 1 to " + MAXIMUM_LIMIT + " entries, and " + limit + " were asked for.");
        }
        return transactions.call(
                () -> store.newest(filter, places.namespaces(), before == null ? Long.MAX_VALUE : before, limit));
    }

    @Override
    public void export(Caller caller, AuditFilter filter, Consumer<AuditEntry> each) {
        Access.Places places = Access.places(caller, Permission.AUDIT_READ, place(filter));
        long last = 0;
        List<AuditEntry> batch;
        do {
            long after = last;
            batch = transactions.call(() -> store.after(filter, places.namespaces(), after, BATCH));
            batch.forEach(each);
            last = batch.isEmpty() ? last : batch.getLast().id();
        } while (batch.size() == BATCH);
    }

    @Override
    public AuditVerification verify(Caller caller) {
        Access.require(caller, Permission.AUDIT_READ);
        AuditStore.Link start = transactions.call(store::start);
        AuditStore.Link last = start;
        long checked = 0;
        List<AuditEntry> batch;
        do {
            long after = last.id();
            batch = transactions.call(() -> store.after(AuditFilter.all(), null, after, BATCH));
            for (AuditEntry entry : batch) {
                String broken = broken(entry, last);
                if (!broken.isEmpty()) {
                    return new AuditVerification(false, checked, start.id() + 1, last.id(), last.hash(), broken);
                }
                last = new AuditStore.Link(entry.id(), entry.hash());
                checked++;
            }
        } while (batch.size() == BATCH);
        return new AuditVerification(
                true,
                checked,
                start.id() + 1,
                last.id(),
                last.hash(),
                checked + (checked == 1 ? " entry is" : " entries are") + " intact, up to " + last.id()
                        + " with the hash " + last.hash() + ".");
    }

    private static String broken(AuditEntry entry, AuditStore.Link last) {
        if (entry.id() != last.id() + 1) {
            return "Entry " + (last.id() + 1) + " is missing: somebody took it out of the database.";
        }
        if (!entry.previousHash().equals(last.hash()) || !entry.hash().equals(AuditHash.of(entry))) {
            return "Entry " + entry.id() + " or the one before is not as it was written: somebody changed it in the"
                    + " database.";
        }
        return "";
    }

    private static String place(AuditFilter filter) {
        return filter.namespace() == null ? "*" : filter.namespace();
    }
}

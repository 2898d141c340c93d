package dev.warpgrid.ui.fake;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.api.AuditService;
import dev.warpgrid.api.AuditVerification;
import dev.warpgrid.api.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;

/** A trail in memory, the newest first; remembers what it was asked. */
@NullUnmarked // an unexpected null fails the test by itself
public final class FakeAudit implements AuditService {
    public final List<AuditEntry> entries = new ArrayList<>();
    public final List<AuditFilter> asked = new ArrayList<>();

    public static AuditEntry entry(long id, AuditEntry.Outcome outcome) {
        return new AuditEntry(
                id,
                Instant.parse("2026-03-01T12:00:00Z"),
                "ada",
                "USER",
                "192.0.2.7",
                "deployment.apply",
                "shop",
                "till",
                outcome,
                outcome == AuditEntry.Outcome.DONE ? "" : "CONFLICT: busy.",
                null,
                "{\"a\":\"b\"}",
                "00",
                "11");
    }

    @Override
    public List<AuditEntry> list(Caller caller, AuditFilter filter, Long before, int limit) {
        asked.add(filter);
        return entries.stream()
                .filter(entry -> filter.outcome() == null || filter.outcome() == entry.outcome())
                .limit(limit)
                .toList();
    }

    @Override
    public void export(Caller caller, AuditFilter filter, Consumer<AuditEntry> each) {
        entries.reversed().forEach(each);
    }

    @Override
    public AuditVerification verify(Caller caller) {
        return new AuditVerification(true, entries.size(), 1, entries.size(), "11", "Intact.");
    }
}

package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.api.AuditVerification;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Grants;
import dev.warpgrid.server.audit.ChainedTrail;
import dev.warpgrid.server.audit.StoredAudit;
import dev.warpgrid.server.store.AuditStore;
import dev.warpgrid.server.testing.DatabaseTransactions;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit trail on PostgreSQL: an entry and its write are one, and nothing of it changes unnoticed. */
class AuditTrailIT {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Caller EVE = new Caller(
            "eve",
            Caller.Kind.USER,
            "192.0.2.7 with token abc",
            () -> Grants.of("shop", BuiltInRole.NAMESPACE_ADMIN.permissions()));

    private static @Nullable TestPostgres postgres;

    private final MigratedDatabase database =
            new MigratedDatabase(Optional.ofNullable(postgres).orElseThrow());
    private final AuditStore store = new SqlAuditStore(database);
    private final DatabaseTransactions transactions = new DatabaseTransactions(database);
    private final ChainedTrail trail = new ChainedTrail(store, transactions, Clock.fixed(NOW, ZoneOffset.UTC));
    private final StoredAudit audit = new StoredAudit(store, transactions);

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(postgres).ifPresent(TestPostgres::close);
    }

    private void write(int entries) {
        for (int i = 1; i <= entries; i++) {
            trail.done(EVE, "deployment.apply", "shop", "till" + i, Map.of("n", i - 1), Map.of("n", i));
        }
    }

    private List<AuditEntry> all() {
        return transactions.call(() -> store.after(AuditFilter.all(), null, 0, 1000));
    }

    @Test
    void saysWhoDidWhatFromWhereWithBeforeAndAfter() {
        write(1);
        trail.refused(EVE, "deployment.delete", "shop", "till1", "PERMISSION_DENIED: no");
        AuditEntry done = all().getFirst();
        assertThat(done.id()).isEqualTo(1);
        assertThat(done.at()).isEqualTo(NOW);
        assertThat(done.actor() + " " + done.actorKind() + " " + done.origin())
                .isEqualTo("eve USER 192.0.2.7 with token abc");
        assertThat(done.before() + " " + done.after()).isEqualTo("{\"n\":0} {\"n\":1}");
        assertThat(done.previousHash()).isEqualTo("0".repeat(64));
        AuditEntry refused = all().getLast();
        assertThat(refused.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
        assertThat(refused.detail()).isEqualTo("PERMISSION_DENIED: no");
        assertThat(refused.previousHash()).isEqualTo(done.hash());
    }

    @Test
    void aWriteThatIsGivenUpLeavesNeitherEntryNorGap() {
        write(1);
        assertThatThrownBy(() -> transactions.run(() -> {
                    write(1);
                    throw new IllegalStateException("given up");
                }))
                .hasMessage("given up");
        write(1);
        assertThat(all()).extracting(AuditEntry::id).containsExactly(1L, 2L);
        assertThat(audit.verify(Caller.system()).intact()).isTrue();
    }

    @Test
    void chainsWhatManyWriteAtOnce() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writers.add(() -> {
                    write(20);
                    return true;
                });
            }
            for (Future<Boolean> writer : many.invokeAll(writers)) {
                assertThat(writer.get()).isTrue();
            }
        }
        AuditVerification verified = audit.verify(Caller.system());
        assertThat(verified.intact()).as(verified.sentence()).isTrue();
        assertThat(verified.checked()).isEqualTo(160);
        assertThat(verified.lastHash()).isEqualTo(all().getLast().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'bob' where id = 3",
                "update audit set after = '{\"n\":9}' where id = 3",
                "update audit set before = null where id = 3",
                "update audit set at = at + interval '1 microsecond' where id = 3",
                "update audit set namespace = 'bank' where id = 3",
                "update audit set outcome = 'REFUSED' where id = 3",
                "update audit set origin = '' where id = 3",
                "update audit set hash = repeat('a', 64) where id = 3",
                "delete from audit where id = 3",
                "delete from audit where id = 1",
                "update audit set actor = origin, origin = actor where id = 3"
            })
    void findsWhatSomebodyChangedInTheDatabase(String tampering) {
        write(5);
        assertThat(audit.verify(Caller.system()).intact()).isTrue();
        database.execute(tampering);
        AuditVerification verified = audit.verify(Caller.system());
        assertThat(verified.intact()).isFalse();
        assertThat(verified.sentence()).contains(tampering.contains("id = 1") ? "Entry 1" : "Entry 3");
    }

    @Test
    void aCutOffEndShowsInTheLastHash() {
        write(5);
        AuditVerification noted = audit.verify(Caller.system());
        database.execute("delete from audit where id = 5");
        AuditVerification later = audit.verify(Caller.system());
        assertThat(later.lastId()).isLessThan(noted.lastId());
        assertThat(later.lastHash()).isNotEqualTo(noted.lastHash());
    }

    @Test
    void letsTheOldestGoAndStaysVerifiable() {
        write(10);
        assertThat(transactions.call(() -> store.prune(NOW, 4))).isEqualTo(6);
        assertThat(all()).extracting(AuditEntry::id).containsExactly(7L, 8L, 9L, 10L);
        assertThat(transactions.call(() -> store.prune(NOW, 4))).isZero();
        AuditVerification verified = audit.verify(Caller.system());
        assertThat(verified.intact()).as(verified.sentence()).isTrue();
        assertThat(verified.firstId()).isEqualTo(7);
        assertThat(transactions.call(() -> store.prune(NOW.plusSeconds(1), 1000)))
                .isEqualTo(4);
        write(1);
        assertThat(all()).extracting(AuditEntry::id).containsExactly(11L);
        assertThat(audit.verify(Caller.system()).intact()).isTrue();
        database.execute("update audit_start set hash = repeat('b', 64)");
        assertThat(audit.verify(Caller.system()).intact()).isFalse();
    }

    @Test
    void findsByActorActionNamespaceOutcomeTextAndTime() {
        write(2);
        trail.refused(EVE, "deployment.delete", "shop", "till1", "CONFLICT: busy");
        trail.done(Caller.of("bob", Grants.all()), "node.delete", null, "alpha", "100%_odd", null);
        assertThat(resources(new AuditFilter("bob", null, null, null, null, null, null)))
                .containsExactly("alpha");
        assertThat(resources(new AuditFilter(null, "deployment", null, null, null, null, null)))
                .containsExactly("till1", "till2", "till1");
        assertThat(resources(new AuditFilter(
                        null, "deployment.delete", "shop", AuditEntry.Outcome.REFUSED, null, null, null)))
                .containsExactly("till1");
        assertThat(resources(new AuditFilter(null, "deploy", null, null, null, null, null)))
                .isEmpty();
        assertThat(resources(new AuditFilter(null, null, null, null, "0%_ODD", null, null)))
                .containsExactly("alpha");
        assertThat(resources(new AuditFilter(null, null, null, null, null, NOW.plusSeconds(1), null)))
                .isEmpty();
        assertThat(resources(new AuditFilter(null, null, null, null, null, NOW, NOW.plusSeconds(1))))
                .hasSize(4);
    }

    private List<String> resources(AuditFilter filter) {
        return transactions.call(() -> store.after(filter, null, 0, 100)).stream()
                .map(AuditEntry::resource)
                .toList();
    }

    @Test
    void showsSomebodyOfANamespaceItsEntriesAlone() {
        write(1);
        trail.done(Caller.system(), "namespace.create", "bank", "bank", null, null);
        trail.done(Caller.system(), "node.delete", null, "alpha", null, null);
        assertThat(audit.list(EVE, AuditFilter.all(), null, 10))
                .extracting(AuditEntry::resource)
                .containsExactly("till1");
        List<AuditEntry> exported = new ArrayList<>();
        audit.export(EVE, AuditFilter.all(), exported::add);
        assertThat(exported).hasSize(1);
        assertThat(store.newest(AuditFilter.all(), Set.of("bank"), Long.MAX_VALUE, 10))
                .hasSize(1);
        assertThatThrownBy(() -> audit.verify(EVE)).hasMessageContaining("audit:read");
        assertThatThrownBy(() -> audit.list(EVE, new AuditFilter(null, null, "bank", null, null, null, null), null, 10))
                .hasMessageContaining("no namespace \"bank\"");
    }

    @Test
    void pagesBackwardsFromTheNewest() {
        write(5);
        List<AuditEntry> first = audit.list(Caller.system(), AuditFilter.all(), null, 2);
        assertThat(first).extracting(AuditEntry::id).containsExactly(5L, 4L);
        assertThat(audit.list(Caller.system(), AuditFilter.all(), 4L, 10))
                .extracting(AuditEntry::id)
                .containsExactly(3L, 2L, 1L);
    }
}

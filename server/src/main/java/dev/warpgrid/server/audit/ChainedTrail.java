package dev.warpgrid.server.audit;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.Caller;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.AuditStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries, each with the hash of the one before. */
@Singleton
public class ChainedTrail implements AuditTrail {
    /** Of {@code before} and {@code after} each; a definition of the greatest size allowed fits. */
    static final int MAXIMUM_JSON = 128 * 1024;

    static final int MAXIMUM_DETAIL = 1000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditStore store;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public ChainedTrail(AuditStore store, Transactions transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void done(
            Caller caller,
            String action,
            @Nullable String namespace,
            String resource,
            @Nullable Object before,
            @Nullable Object after) {
        append(
                caller,
                action,
                namespace,
                resource,
                AuditEntry.Outcome.DONE,
                "",
                before == null ? null : json(before),
                after == null ? null : json(after));
    }

    @Override
    public void refused(Caller caller, String action, @Nullable String namespace, String resource, String why) {
        append(caller, action, namespace, resource, AuditEntry.Outcome.REFUSED, cut(why, MAXIMUM_DETAIL), null, null);
    }

    private void append(
            Caller caller,
            String action,
            @Nullable String namespace,
            String resource,
            AuditEntry.Outcome outcome,
            String detail,
            @Nullable String before,
            @Nullable String after) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        transactions.run(() -> store.append(last -> {
            AuditEntry bare = new AuditEntry(
                    last.id() + 1,
                    now,
                    text(caller.name()),
                    caller.kind().name(),
                    text(caller.origin()),
                    action,
                    namespace == null ? null : text(namespace),
                    text(resource),
                    outcome,
                    text(detail),
                    before,
                    after,
                    last.hash(),
                    "");
            return withHash(bare);
        }));
    }

    private static AuditEntry withHash(AuditEntry bare) {
        return new AuditEntry(
                bare.id(),
                bare.at(),
                bare.actor(),
                bare.actorKind(),
                bare.origin(),
                bare.action(),
                bare.namespace(),
                bare.resource(),
                bare.outcome(),
                bare.detail(),
                bare.before(),
                bare.after(),
                bare.previousHash(),
                AuditHash.of(bare));
    }

    private static String json(Object value) {
        return text(cut(JSON.writeValueAsString(value), MAXIMUM_JSON));
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most - 1) + "…" : text;
    }

    /** The database keeps no NUL, and what is hashed must be what is read back. */
    private static String text(String text) {
        return text.replace("\0", "\uFFFD");
    }
}

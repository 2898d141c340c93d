package dev.warpgrid.server.access;

import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subject;
import dev.warpgrid.server.service.StoreFaults;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredRole;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a subject holds by all roles bound to it. */
@Singleton
@StoreFaults
public class GrantDirectory {
    /** How long what was read may be relied on; a change on this server acts at once. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final AccessStore access;
    private final Transactions transactions;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();

    @Inject
    public GrantDirectory(AccessStore access, Transactions transactions, Clock clock) {
        this.access = access;
        this.transactions = transactions;
        this.clock = clock;
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccessChanged event) {
        changes.incrementAndGet();
    }

    /** What was read of anybody is read anew from now on. */
    public void forget() {
        changes.incrementAndGet();
    }

    /** At this moment. */
    public Grants held(Subject subject, Collection<String> groups) {
        return transactions.call(() -> {
            Grants sum = Grants.none();
            for (StoredBinding binding : access.bindingsOf(subject, groups)) {
                sum = sum.and(given(binding.role(), binding.namespace()));
            }
            return sum;
        });
    }

    /** What a role gives in a place; nothing where there is no such role. */
    public Grants given(String role, @Nullable String namespace) {
        Set<Permission> permissions = permissions(role).orElseGet(() -> EnumSet.noneOf(Permission.class));
        return Grants.of(namespace == null ? Grants.EVERYWHERE : namespace, permissions);
    }

    /** Of a built-in role or one of the grid's own. */
    public Optional<Set<Permission>> permissions(String role) {
        for (BuiltInRole builtIn : BuiltInRole.values()) {
            if (builtIn.role().equals(role)) {
                return Optional.of(builtIn.permissions());
            }
        }
        return transactions.call(() -> access.role(role)).map(StoredRole::permissions);
    }

    /**
     * What a caller holds, read anew at each question once it is no longer fresh.
     *
     * @param present whether the caller may still be believed: not disabled, token not revoked
     * @param limit no more than this
     */
    public Supplier<Grants> live(Subject subject, List<String> groups, BooleanSupplier present, Grants limit) {
        return new Live(() -> present.getAsBoolean() ? held(subject, groups).within(limit) : Grants.none());
    }

    private final class Live implements Supplier<Grants> {
        private final Supplier<Grants> source;
        private @Nullable Known known;

        private record Known(Grants grants, long change, Instant readAt) {}

        Live(Supplier<Grants> source) {
            this.source = source;
        }

        @Override
        public synchronized Grants get() {
            long change = changes.get();
            Instant now = clock.instant();
            Known last = known;
            if (last == null || last.change != change || last.readAt.plus(FRESH).isBefore(now)) {
                last = new Known(source.get(), change, now);
                known = last;
            }
            return last.grants;
        }
    }
}

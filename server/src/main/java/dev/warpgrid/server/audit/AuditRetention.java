package dev.warpgrid.server.audit;

import dev.warpgrid.api.Caller;
import dev.warpgrid.server.service.AuditTrail;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.AuditStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the oldest entries go, once an hour, and says so in the trail itself. */
@Singleton
public class AuditRetention {
    static final Duration PERIOD = Duration.ofHours(1);
    /** Whatever their age: the database must not fill up with what somebody provokes. */
    static final long MAXIMUM_ENTRIES = 1_000_000;

    private static final System.Logger LOG = System.getLogger(AuditRetention.class.getName());

    private final AuditStore store;
    private final AuditTrail trail;
    private final ServerSettings settings;
    private final Transactions transactions;
    private final Clock clock;
    private final Executor executor;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Inject
    public AuditRetention(
            AuditStore store,
            AuditTrail trail,
            ServerSettings settings,
            Transactions transactions,
            Clock clock,
            @VirtualThreads Executor executor) {
        this.store = store;
        this.trail = trail;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.executor = executor;
    }

    void start(@Observes @Priority(StartupOrder.LINK) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            do {
                try {
                    prune();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "Old entries of the audit trail could not be let go; it is tried again.", e);
                }
            } while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how many went */
    long prune() {
        return transactions.call(() -> {
            long gone = store.prune(clock.instant().minus(settings.auditRetention()), MAXIMUM_ENTRIES);
            if (gone > 0) {
                trail.done(Caller.system(), "audit.prune", null, "audit", Map.of("entries", gone), null);
            }
            return gone;
        });
    }
}

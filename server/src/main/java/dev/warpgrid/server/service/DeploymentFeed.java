package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.DeploymentStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells watchers which deployments changed, intent or status. Each watcher has a thread and a set of names still to be
 * told, so a slow one holds nobody up and hears of each deployment once, as it is then.
 */
@Singleton
public class DeploymentFeed {
    static final int MAXIMUM_WATCHERS = 256;
    private static final System.Logger LOG = System.getLogger(DeploymentFeed.class.getName());

    private final DeploymentStore deployments;
    private final DeploymentObservations observations;
    private final Transactions transactions;
    private final ManagedExecutorService executor;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Subscription statuses;

    @Inject
    public DeploymentFeed(
            DeploymentStore deployments,
            DeploymentObservations observations,
            Transactions transactions,
            @VirtualThreads ManagedExecutorService executor) {
        this.deployments = deployments;
        this.observations = observations;
        this.transactions = transactions;
        this.executor = executor;
        this.statuses = observations.onStatusChange(this::changed);
    }

    void intent(@Observes(during = TransactionPhase.AFTER_SUCCESS) IntentChanged event) {
        changed(event.deployment());
    }

    @PreDestroy
    void stop() {
        statuses.close();
        watchers.forEach(Watcher::close);
    }

    /** @param first told to begin with, so that a watcher needs no list of its own that may be older */
    Subscription subscribe(List<DeploymentId> first, Predicate<DeploymentId> wanted, Consumer<DeploymentId> listener) {
        if (watchers.size() >= MAXIMUM_WATCHERS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "There are " + MAXIMUM_WATCHERS + " watchers already: close one, or try again later.");
        }
        Watcher watcher = new Watcher(wanted, listener);
        watchers.add(watcher);
        first.forEach(watcher::offer);
        executor.execute(watcher::run);
        return watcher;
    }

    /** As it is now; null when it is gone. */
    @Nullable
    Deployment read(DeploymentId id) {
        return transactions
                .call(() -> deployments.find(id))
                .map(stored -> DeploymentViews.view(stored, observations.status(stored)))
                .orElse(null);
    }

    private void changed(DeploymentId id) {
        watchers.forEach(watcher -> watcher.offer(id));
    }

    private final class Watcher implements Subscription {
        private final Predicate<DeploymentId> wanted;
        private final Consumer<DeploymentId> listener;
        private final Set<DeploymentId> pending = new TreeSet<>();
        private boolean closed;

        Watcher(Predicate<DeploymentId> wanted, Consumer<DeploymentId> listener) {
            this.wanted = wanted;
            this.listener = listener;
        }

        synchronized void offer(DeploymentId id) {
            if (!closed && wanted.test(id)) {
                pending.add(id);
                notifyAll();
            }
        }

        void run() {
            try {
                for (List<DeploymentId> next = take(); !next.isEmpty(); next = take()) {
                    next.forEach(this::tell);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        private void tell(DeploymentId id) {
            try {
                listener.accept(id);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "A watcher did not take the change of " + id + ".", e);
            }
        }

        /** Empty once closed. */
        private synchronized List<DeploymentId> take() throws InterruptedException {
            while (pending.isEmpty() && !closed) {
                wait();
            }
            List<DeploymentId> next = closed ? List.of() : List.copyOf(pending);
            pending.clear();
            return next;
        }

        @Override
        public void close() {
            watchers.remove(this);
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }
    }
}

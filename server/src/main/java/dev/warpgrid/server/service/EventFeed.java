package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.EventStore;
import dev.warpgrid.server.store.NewEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes events, and reads them out to watchers. A watcher reads the store from the last number it saw, so it misses
 * nothing and hears nothing twice; a write on this server wakes it at once, one on another server within a second.
 */
@Singleton
public class EventFeed implements EventRecorder {
    static final int MAXIMUM_WATCHERS = 256;
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(EventFeed.class.getName());

    private final EventStore events;
    private final Transactions transactions;
    private final ManagedExecutorService executor;
    private final Event<Appended> appended;
    private final Clock clock;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** Fired in the transaction that writes an event. */
    record Appended() {}

    @Inject
    public EventFeed(
            EventStore events,
            Transactions transactions,
            @VirtualThreads ManagedExecutorService executor,
            Event<Appended> appended,
            Clock clock) {
        this.events = events;
        this.transactions = transactions;
        this.executor = executor;
        this.appended = appended;
        this.clock = clock;
    }

    @Override
    public void record(NewEvent event) {
        transactions.run(() -> {
            events.append(event, clock.instant());
            appended.fire(new Appended());
        });
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Appended event) {
        watchers.forEach(Watcher::wake);
    }

    @PreDestroy
    void stop() {
        watchers.forEach(Watcher::close);
    }

    /** @param places asked anew before each reading; what it throws ends the watch */
    Subscription subscribe(
            EventFilter filter, Supplier<Access.Places> places, long afterId, Consumer<EventView> listener) {
        if (watchers.size() >= MAXIMUM_WATCHERS) {
            throw new ApiException(
                    ErrorCode.RESOURCE_EXHAUSTED,
                    "There are " + MAXIMUM_WATCHERS + " watchers already: close one, or try again later.");
        }
        Watcher watcher = new Watcher(filter, places, afterId, listener);
        watchers.add(watcher);
        executor.execute(watcher::run);
        return watcher;
    }

    private final class Watcher implements Subscription {
        private final EventFilter filter;
        private final Supplier<Access.Places> places;
        private final Consumer<EventView> listener;
        private long last;
        private final Semaphore signals = new Semaphore(0);
        private volatile boolean closed;

        Watcher(EventFilter filter, Supplier<Access.Places> places, long last, Consumer<EventView> listener) {
            this.filter = filter;
            this.places = places;
            this.last = last;
            this.listener = listener;
        }

        void wake() {
            signals.release();
        }

        void run() {
            try {
                while (!closed) {
                    if (readOn() < BATCH) {
                        await();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        /** How many were read; 0 also where the store is away, which the next turn tries again. */
        private int readOn() {
            List<EventView> next;
            try {
                next = transactions.call(() -> events.after(filter, places.get().namespaces(), last, BATCH));
            } catch (ApiException e) {
                if (e.code() == ErrorCode.PERMISSION_DENIED || e.code() == ErrorCode.NOT_FOUND) {
                    close();
                }
                return 0;
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "Events could not be read for a watcher.", e);
                return 0;
            }
            for (EventView event : next) {
                if (closed) {
                    return 0;
                }
                listener.accept(event);
                last = event.id();
            }
            return next.size();
        }

        private void await() throws InterruptedException {
            if (signals.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                signals.drainPermits();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
            closed = true;
            wake();
        }
    }
}

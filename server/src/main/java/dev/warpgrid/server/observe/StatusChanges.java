package dev.warpgrid.server.observe;

import dev.warpgrid.api.Subscription;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.status.DeploymentHealth;
import dev.warpgrid.control.status.HealthRules;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells whose status or instances changed, at most four times a second however much happens, and looks by itself once a
 * second because silence changes a status too.
 */
@Singleton
public class StatusChanges {
    static final Duration SHORTEST_INTERVAL = Duration.ofMillis(250);
    static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(StatusChanges.class.getName());

    private final GridBoard board;
    private final FactBoard facts;
    private final Executor executor;
    private final List<Consumer<DeploymentId>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private SortedMap<DeploymentId, Seen> last = new TreeMap<>();
    private boolean dirty;
    private boolean stopped;

    /** What a listener would see differently. */
    private record Seen(DeploymentHealth health, List<String> instances) {}

    @Inject
    public StatusChanges(GridBoard board, FactBoard facts, @VirtualThreads Executor executor) {
        this.board = board;
        this.facts = facts;
        this.executor = executor;
    }

    void start(@Observes @Priority(StartupOrder.OBSERVE) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            facts.onChange(_ -> touch());
            board.onChange(this::touch);
            executor.execute(this::run);
        }
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    public Subscription subscribe(Consumer<DeploymentId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private synchronized void touch() {
        dirty = true;
        notifyAll();
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_INTERVAL.toNanos();
        for (long left = LONGEST_INTERVAL.toNanos();
                !dirty && !stopped && left > 0;
                left = deadline - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
        dirty = false;
        return !stopped;
    }

    private void run() {
        try {
            while (awaitWork()) {
                look();
                TimeUnit.MILLISECONDS.sleep(SHORTEST_INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares with the time before and tells. */
    void look() {
        SortedMap<DeploymentId, Seen> now = seen();
        TreeSet<DeploymentId> changed = new TreeSet<>();
        now.forEach((id, seen) -> {
            if (!seen.equals(last.get(id))) {
                changed.add(id);
            }
        });
        last.keySet().stream().filter(id -> !now.containsKey(id)).forEach(changed::add);
        last = now;
        for (DeploymentId id : changed) {
            for (Consumer<DeploymentId> listener : listeners) {
                try {
                    listener.accept(id);
                } catch (RuntimeException e) {
                    LOG.log(Level.DEBUG, "A listener did not take the change of " + id + ".", e);
                }
            }
        }
    }

    private SortedMap<DeploymentId, Seen> seen() {
        GridSnapshot snapshot = board.now();
        SortedMap<DeploymentId, Seen> seen = new TreeMap<>();
        for (DeploymentIntent intent : snapshot.deployments().values()) {
            List<String> instances = new ArrayList<>();
            snapshot.placementsOf(intent.id())
                    .forEach(instance -> instances.add(instance.placement().instance() + " " + instance.observation()));
            seen.put(
                    intent.id(),
                    new Seen(
                            HealthRules.judge(
                                    snapshot,
                                    intent,
                                    board.last().rows().rollout(intent.id()),
                                    board.last().reasons()),
                            instances));
        }
        return seen;
    }
}

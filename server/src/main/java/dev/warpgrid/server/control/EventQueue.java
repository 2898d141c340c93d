package dev.warpgrid.server.control;

import dev.warpgrid.server.service.EventRecorder;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import dev.warpgrid.server.store.NewEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events from threads that must not wait for the database. Bounded by {@value #CAPACITY}: when the database is away for
 * long, further events are dropped and counted, and the next one that is written says so.
 */
@Singleton
public class EventQueue {
    static final int CAPACITY = 1000;
    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());
    private static final int RETRY_SECONDS = 1;

    private final EventRecorder recorder;
    private final Executor executor;
    private final BlockingQueue<NewEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean stopped;

    @Inject
    public EventQueue(EventRecorder recorder, @VirtualThreads Executor executor) {
        this.recorder = recorder;
        this.executor = executor;
    }

    void start(@Observes @Priority(StartupOrder.OBSERVE) DatabaseReady event) {
        if (started.compareAndSet(false, true)) {
            executor.execute(this::work);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    public void offer(NewEvent event) {
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    private void work() {
        try {
            while (!stopped) {
                NewEvent next = queue.poll(RETRY_SECONDS, TimeUnit.SECONDS);
                while (next != null && !stopped && !write(next)) {
                    TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(NewEvent event) {
        try {
            recorder.record(event);
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                recorder.record(NewEvent.of(
                        dev.warpgrid.api.EventView.Severity.WARNING,
                        "EventsDropped",
                        lost + " events were lost while the database was away."));
            }
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "An event waits for the database.", e);
            return false;
        }
    }
}

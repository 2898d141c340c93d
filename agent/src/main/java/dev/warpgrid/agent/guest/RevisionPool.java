package dev.warpgrid.agent.guest;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.WorkloadLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one revision and the requests that wait for them. A call takes an idle instance for itself, the one
 * used last first; without one it waits in a bounded queue. Thread-safe.
 */
public final class RevisionPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RevisionPool.class.getName());

    /**
     * A request without an instance.
     *
     * @param deadlineNanos when it is turned away
     */
    private record Waiting(Exchange exchange, long deadlineNanos) {}

    /** What a pool holds at one moment. */
    public record Load(int instances, int inFlight, long memoryBytes, long cpuNanos) {}

    private final RevisionId revision;
    private final PoolLimits limits;
    private final GuestThreads threads;
    private final Watchdog watchdog;
    private final PoolEvents events;
    private final long timeoutNanos;
    private final long cpuLimitNanos;
    private final LongAdder cpuNanos = new LongAdder();

    private final SortedMap<InstanceId, PooledInstance> instances = new TreeMap<>();
    private final ArrayDeque<PooledInstance> idle = new ArrayDeque<>();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean startsSoon;
    private boolean closed;

    public RevisionPool(
            RevisionId revision,
            WorkloadLimits workload,
            PoolLimits limits,
            GuestThreads threads,
            Watchdog watchdog,
            PoolEvents events) {
        this.revision = revision;
        this.limits = limits;
        this.threads = threads;
        this.watchdog = watchdog;
        this.events = events;
        this.timeoutNanos = workload.timeout().toNanos();
        this.cpuLimitNanos = workload.cpuTime().toNanos();
        watchdog.watch(this);
    }

    public RevisionId revision() {
        return revision;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    long cpuLimitNanos() {
        return cpuLimitNanos;
    }

    /** Takes a request: to an idle instance, to the queue, or away with the reason. Never blocks. */
    public void submit(Exchange exchange) {
        PooledInstance free;
        Refusal refusal = null;
        synchronized (this) {
            free = idle.pollLast();
            if (free != null) {
                free.take(exchange);
            } else if (closed || (instances.isEmpty() && !startsSoon)) {
                refusal = closed ? Refusal.ENDING : Refusal.NO_INSTANCE;
            } else if (queue.size() >= limits.queuedCalls()) {
                refusal = Refusal.QUEUE_FULL;
            } else {
                queue.addLast(new Waiting(
                        exchange, System.nanoTime() + limits.queueDeadline().toNanos()));
            }
        }
        if (free != null) {
            PooledInstance instance = free;
            threads.execute(() -> run(instance));
        } else if (refusal != null) {
            exchange.refused(refusal);
        } else {
            watchdog.wake();
        }
    }

    /** Runs the call of an instance, and those that wait for it, as long as no other revision waits for the thread. */
    private void run(PooledInstance instance) {
        PooledInstance mine = instance;
        while (mine != null) {
            call(mine);
            mine = giveBack(mine);
            if (mine != null && threads.othersWait()) {
                PooledInstance later = mine;
                threads.execute(() -> run(later));
                return;
            }
        }
    }

    private void call(PooledInstance instance) {
        Exchange exchange = instance.exchange();
        if (exchange == null || exchange.abandoned()) {
            return;
        }
        var thread = (GuestThread) Thread.currentThread();
        instance.begin(System.nanoTime(), thread.cpuReadNanos());
        thread.current(instance);
        watchdog.wake();
        CallFailure failure = null;
        String detail = "";
        try {
            instance.guest.handle(exchange.request(), exchange.response());
        } catch (GuestAnswerException e) {
            failure = CallFailure.NO_RESPONSE;
            detail = String.valueOf(e.getMessage());
        } catch (GuestCrashException e) {
            failure = CallFailure.TRAPPED;
            detail = String.valueOf(e.getMessage());
        } catch (RuntimeException | Error e) {
            // A fault of the host: the guest's state is unknown, so the instance goes.
            LOG.log(System.Logger.Level.ERROR, "A call on " + instance.id + " failed in the agent", e);
            failure = CallFailure.TRAPPED;
            detail = "The agent failed in the call: " + e;
            instance.guest.interrupt(detail);
        }
        thread.current(null);
        CallFailure stopped = instance.end();
        if (stopped != null && failure != null) {
            failure = stopped;
        }
        long cpu = Watchdog.currentThreadCpuNanos();
        cpuNanos.add(cpu - thread.cpuReadNanos());
        thread.cpuReadNanos(cpu);
        finish(instance, exchange, failure, detail);
    }

    private void finish(PooledInstance instance, Exchange exchange, @Nullable CallFailure failure, String detail) {
        if (failure == null) {
            exchange.finished();
        } else {
            exchange.failed(failure);
            events.callFailed(instance.id, revision, failure, exchange.requestId(), detail);
        }
        if (instance.guest.poisoned()) {
            noteCrash(instance, failure, detail);
        }
    }

    private static void noteCrash(PooledInstance instance, @Nullable CallFailure failure, String detail) {
        if (failure == null || detail.isEmpty()) {
            return;
        }
        instance.crashReason = failure == CallFailure.TRAPPED ? detail : failure.eventReason() + ": " + detail;
    }

    /** @return the instance with its next call, or null when it is idle or gone */
    private @Nullable PooledInstance giveBack(PooledInstance instance) {
        boolean poisoned = instance.guest.poisoned();
        instance.release(System.nanoTime());
        boolean wished;
        synchronized (this) {
            wished = instance.leaving;
            if (!poisoned && !wished) {
                Waiting next = queue.pollFirst();
                if (next == null) {
                    idle.addLast(instance);
                    return null;
                }
                instance.take(next.exchange());
                return instance;
            }
            instances.remove(instance.id, instance);
        }
        retire(instance, wished);
        return null;
    }

    private void retire(PooledInstance instance, boolean wished) {
        try {
            instance.guest.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Instance " + instance.id + " did not close cleanly", e);
        }
        if (wished) {
            events.ended(instance.id, instance.incarnation);
        } else {
            events.crashed(instance.id, instance.incarnation, instance.crashReason);
        }
    }

    /** A started instance joins; a waiting request goes to it at once. */
    public void add(InstanceId id, long incarnation, GuestInstance guest) {
        var instance = new PooledInstance(id, incarnation, guest, this);
        synchronized (this) {
            instances.put(id, instance);
            Waiting next = queue.pollFirst();
            if (next == null) {
                idle.addLast(instance);
                return;
            }
            instance.take(next.exchange());
        }
        threads.execute(() -> run(instance));
    }

    /** Takes no new call; {@link PoolEvents#ended} follows when it is idle. */
    public void drain(InstanceId id) {
        leave(id, "");
    }

    /** As {@link #drain}, and a running call is ended at once. */
    public void stop(InstanceId id, String reason) {
        leave(id, reason);
    }

    private void leave(InstanceId id, String stopReason) {
        PooledInstance instance;
        boolean atOnce;
        synchronized (this) {
            instance = instances.get(id);
            if (instance == null) {
                return;
            }
            instance.leaving = true;
            atOnce = idle.remove(instance);
            if (atOnce) {
                instances.remove(id, instance);
            }
        }
        if (atOnce) {
            retire(instance, true);
        } else if (!stopReason.isEmpty()) {
            instance.stop(CallFailure.STOPPED, stopReason);
        }
    }

    /**
     * Whether instances that are not here yet will be soon, so that requests may wait for them. When not, and none is
     * here, those that wait are turned away.
     */
    public void startsSoon(boolean soon) {
        List<Waiting> turnedAway = List.of();
        synchronized (this) {
            startsSoon = soon;
            if (!soon && instances.isEmpty()) {
                turnedAway = new ArrayList<>(queue);
                queue.clear();
            }
        }
        turnedAway.forEach(waiting -> waiting.exchange().refused(Refusal.NO_INSTANCE));
    }

    /**
     * Turns away what waited too long.
     *
     * @return whether anything still waits
     */
    boolean expire(long nowNanos) {
        List<Waiting> late = null;
        boolean waiting;
        synchronized (this) {
            while (!queue.isEmpty() && queue.getFirst().deadlineNanos() - nowNanos <= 0) {
                late = late == null ? new ArrayList<>() : late;
                late.add(queue.removeFirst());
            }
            waiting = !queue.isEmpty();
        }
        if (late != null) {
            late.forEach(one -> one.exchange().refused(Refusal.WAITED_TOO_LONG));
        }
        return waiting;
    }

    /** Instances that answer, whether idle or not. */
    public synchronized int instances() {
        return instances.size();
    }

    public synchronized Load load() {
        long memory = 0;
        for (PooledInstance instance : instances.values()) {
            memory += instance.memoryBytes();
        }
        return new Load(instances.size(), instances.size() - idle.size() + queue.size(), memory, cpuNanos.sum());
    }

    /** @return bytes of all linear memories of one instance; 0 when it is not here */
    public synchronized long memoryBytes(InstanceId id) {
        PooledInstance instance = instances.get(id);
        return instance == null ? 0 : instance.memoryBytes();
    }

    /** Ends all instances and turns away what waits; later requests are refused. */
    @Override
    public void close() {
        watchdog.forget(this);
        Deque<Waiting> turnedAway;
        List<InstanceId> left;
        synchronized (this) {
            closed = true;
            turnedAway = new ArrayDeque<>(queue);
            queue.clear();
            left = List.copyOf(instances.keySet());
        }
        turnedAway.forEach(waiting -> waiting.exchange().refused(Refusal.ENDING));
        left.forEach(id -> stop(id, "The revision was dropped."));
    }
}

package dev.warpgrid.agent.guest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps time for all calls of the node: stops those over their wall or processor time, turns away requests that waited too
 * long, and lends threads while calls run long. Looks once a tick, and earlier where a limit ends earlier; sleeps while
 * nothing runs.
 */
public final class Watchdog implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    // Going to sleep and waking up costs more than some empty ticks.
    private static final int EMPTY_TICKS_BEFORE_SLEEP = 20;
    private static final long SHORTEST_WAIT_NANOS = 200_000;

    private final GuestThreads threads;
    private final long tickNanos;
    private final List<RevisionPool> pools = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    public Watchdog(GuestThreads threads, PoolLimits limits) {
        this.threads = threads;
        this.tickNanos = limits.tick().toNanos();
        this.thread = Thread.ofPlatform().name("guest-watchdog").daemon().start(this::watch);
    }

    static long currentThreadCpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    void watch(RevisionPool pool) {
        pools.add(pool);
    }

    void forget(RevisionPool pool) {
        pools.remove(pool);
    }

    /** Something runs or waits from now on. Cheap while the watchdog is awake. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        int emptyTicks = 0;
        while (!closed) {
            long wait = look();
            if (wait < Long.MAX_VALUE) {
                emptyTicks = 0;
                LockSupport.parkNanos(this, Math.max(SHORTEST_WAIT_NANOS, wait));
            } else if (++emptyTicks < EMPTY_TICKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, tickNanos);
            } else {
                sleepUntilWoken();
                emptyTicks = 0;
            }
        }
    }

    private void sleepUntilWoken() {
        asleep = true;
        // A call that began before the flag was up is seen here; one that begins later sees the flag.
        if (look() == Long.MAX_VALUE && asleep && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    /** @return nanoseconds until the next look; {@link Long#MAX_VALUE} when nothing runs or waits */
    private long look() {
        long wait = Long.MAX_VALUE;
        int busy = 0;
        for (GuestThread guestThread : threads.threads()) {
            PooledInstance instance = guestThread.current();
            if (instance != null) {
                long now = System.nanoTime();
                wait = Math.min(wait, Math.min(tickNanos, check(guestThread, instance, now)));
                if (now - instance.startedNanos() >= tickNanos) {
                    busy++;
                }
            }
        }
        for (RevisionPool pool : pools) {
            if (pool.expire(System.nanoTime())) {
                wait = Math.min(wait, tickNanos);
            }
        }
        threads.lend(busy);
        return wait;
    }

    private static long check(GuestThread guestThread, PooledInstance instance, long now) {
        RevisionPool pool = instance.pool;
        long ran = now - instance.startedNanos();
        long left = pool.timeoutNanos() - ran;
        if (left <= 0) {
            instance.stop(CallFailure.TIMED_OUT, "The call ran longer than its time limit.");
            return Long.MAX_VALUE;
        }
        // Processor time cannot be ahead of wall time, so most calls never need the reading.
        if (ran >= pool.cpuLimitNanos()) {
            long used = THREADS.getThreadCpuTime(guestThread.threadId()) - instance.cpuAtStartNanos();
            long cpuLeft = pool.cpuLimitNanos() - used;
            if (cpuLeft <= 0) {
                instance.stop(CallFailure.CPU_LIMIT, "The call used more processor time than its limit.");
                return Long.MAX_VALUE;
            }
            left = Math.min(left, cpuLeft);
        } else {
            left = Math.min(left, pool.cpuLimitNanos() - ran);
        }
        Exchange exchange = instance.exchange();
        if (exchange != null) {
            exchange.tick();
        }
        return left;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

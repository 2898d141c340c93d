package dev.warpgrid.agent.guest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bounded platform threads that run guests. What waits here is bounded by the number of instances, since a call comes
 * here only together with its instance. While calls run long or block, further threads are lent up to a maximum, so that
 * no guest can take the threads of the others.
 */
public final class GuestThreads implements AutoCloseable {
    private static final long LENT_THREAD_KEPT_SECONDS = 5;

    private final PoolLimits limits;
    private final List<GuestThread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final ThreadPoolExecutor executor;

    public GuestThreads(PoolLimits limits) {
        this.limits = limits;
        this.executor = new ThreadPoolExecutor(
                limits.guestThreads(),
                limits.maxGuestThreads(),
                LENT_THREAD_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::newThread);
    }

    private Thread newThread(Runnable body) {
        var self = new GuestThread[1];
        var thread = new GuestThread(body, "guest-" + names.incrementAndGet(), () -> threads.remove(self[0]));
        self[0] = thread;
        threads.add(thread);
        return thread;
    }

    void execute(Runnable work) {
        executor.execute(work);
    }

    boolean othersWait() {
        return !executor.getQueue().isEmpty();
    }

    List<GuestThread> threads() {
        return threads;
    }

    /** Sees to it that {@code busy} threads that will not be free soon do not count against the pool's size. */
    void lend(int busy) {
        int wanted = Math.min(limits.maxGuestThreads(), limits.guestThreads() + busy);
        if (wanted != executor.getCorePoolSize()) {
            executor.setCorePoolSize(wanted);
        }
    }

    public int size() {
        return executor.getPoolSize();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}

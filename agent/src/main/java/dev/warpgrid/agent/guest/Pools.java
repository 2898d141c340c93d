package dev.warpgrid.agent.guest;

import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.WorkloadLimits;
import java.time.Duration;

/** The guest threads and the watchdog of a node, which all its pools share. */
public final class Pools implements AutoCloseable {
    private final PoolLimits limits;
    private final GuestThreads threads;
    private final Watchdog watchdog;

    public Pools(PoolLimits limits) {
        this.limits = limits;
        this.threads = new GuestThreads(limits);
        this.watchdog = new Watchdog(threads, limits);
    }

    public RevisionPool open(RevisionId revision, WorkloadLimits workload, PoolEvents events) {
        return new RevisionPool(revision, workload, limits, threads, watchdog, events);
    }

    public Duration queueDeadline() {
        return limits.queueDeadline();
    }

    public int threads() {
        return threads.size();
    }

    @Override
    public void close() {
        threads.close();
        watchdog.close();
    }
}

package dev.warpgrid.agent.guest;

import dev.warpgrid.model.InstanceId;
import org.jspecify.annotations.Nullable;

/** An instance in its pool, with the call it runs now. */
final class PooledInstance {
    private static final long MEMORY_READ_EVERY_NANOS = 100_000_000;

    final InstanceId id;
    final long incarnation;
    final GuestInstance guest;
    final RevisionPool pool;

    /** Guarded by the pool. */
    boolean leaving;
    /** Of its thread, until it is retired. */
    String crashReason = "The instance was poisoned.";

    private volatile @Nullable Exchange exchange;
    private volatile long startedNanos;
    private volatile long cpuAtStartNanos;
    private volatile long memoryBytes;
    private long memoryReadNanos;
    /** Guards the end of a call against a late interrupt, which would hit the next one. */
    private boolean running;

    private @Nullable CallFailure stoppedFor;

    PooledInstance(InstanceId id, long incarnation, GuestInstance guest, RevisionPool pool) {
        this.id = id;
        this.incarnation = incarnation;
        this.guest = guest;
        this.pool = pool;
        this.memoryBytes = guest.memoryBytes();
    }

    void take(Exchange next) {
        exchange = next;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    synchronized void begin(long nanos, long cpuNanos) {
        startedNanos = nanos;
        cpuAtStartNanos = cpuNanos;
        running = true;
        stoppedFor = null;
    }

    /** @return why the call was stopped, if it was */
    synchronized @Nullable CallFailure end() {
        running = false;
        return stoppedFor;
    }

    void release(long nowNanos) {
        exchange = null;
        if (nowNanos - memoryReadNanos > MEMORY_READ_EVERY_NANOS) {
            memoryReadNanos = nowNanos;
            memoryBytes = guest.memoryBytes();
        }
    }

    /** Interrupts the running call, once. */
    synchronized void stop(CallFailure failure, String reason) {
        if (running && stoppedFor == null) {
            stoppedFor = failure;
            guest.interrupt(reason);
        }
    }

    long startedNanos() {
        return startedNanos;
    }

    long cpuAtStartNanos() {
        return cpuAtStartNanos;
    }

    long memoryBytes() {
        return memoryBytes;
    }
}

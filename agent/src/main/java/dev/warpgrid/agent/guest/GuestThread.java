package dev.warpgrid.agent.guest;

import org.jspecify.annotations.Nullable;

/** A platform thread that runs guests, with what the watchdog has to know of it. */
final class GuestThread extends Thread {
    private final Runnable whenEnding;
    private volatile @Nullable PooledInstance current;
    private long cpuReadNanos;

    GuestThread(Runnable body, String name, Runnable whenEnding) {
        super(null, body, name, 0, false);
        this.whenEnding = whenEnding;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            whenEnding.run();
        }
    }

    @Nullable
    PooledInstance current() {
        return current;
    }

    void current(@Nullable PooledInstance instance) {
        current = instance;
    }

    /** The thread's processor time when its last call ended: the next one is counted from there. */
    long cpuReadNanos() {
        return cpuReadNanos;
    }

    void cpuReadNanos(long nanos) {
        cpuReadNanos = nanos;
    }
}

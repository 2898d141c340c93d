package dev.warpgrid.agent.logs;

/** A token bucket, and how many were turned away since it was last asked. Thread-safe. */
final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private double tokens;
    private long lastNanos;
    private long refused;

    RateLimit(int perSecond, int burst, long nowNanos) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    synchronized boolean tryTake(long nowNanos) {
        refill(nowNanos);
        if (tokens < 1) {
            refused++;
            return false;
        }
        tokens -= 1;
        return true;
    }

    synchronized void refuseOne() {
        refused++;
    }

    /** Refusals since the last call, once there is room again to tell of them; else 0. */
    synchronized long takeRefused(long nowNanos) {
        refill(nowNanos);
        if (refused == 0 || tokens < 1) {
            return 0;
        }
        long count = refused;
        refused = 0;
        return count;
    }

    private void refill(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
    }
}

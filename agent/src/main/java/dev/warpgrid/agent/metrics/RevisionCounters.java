package dev.warpgrid.agent.metrics;

import dev.warpgrid.model.LatencyBuckets;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers of one revision since the agent started. Thread-safe, without a lock. */
public final class RevisionCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder clientErrors = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder durationNanos = new LongAdder();
    private final LongAdder starts = new LongAdder();
    private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);

    /**
     * What was counted up to one moment.
     *
     * @param nanos all durations together
     * @param latencies in {@link LatencyBuckets}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over whole and never compared
    public record Totals(
            long requests, long clientErrors, long serverErrors, long starts, long nanos, long[] latencies) {
        public static Totals zero() {
            return new Totals(0, 0, 0, 0, 0, new long[LatencyBuckets.COUNT]);
        }

        public Totals minus(Totals earlier) {
            long[] counts = latencies.clone();
            for (int i = 0; i < counts.length; i++) {
                counts[i] -= earlier.latencies[i];
            }
            return new Totals(
                    requests - earlier.requests,
                    clientErrors - earlier.clientErrors,
                    serverErrors - earlier.serverErrors,
                    starts - earlier.starts,
                    nanos - earlier.nanos,
                    counts);
        }
    }

    public void answered(int status, long nanos) {
        requests.increment();
        if (status >= 500) {
            serverErrors.increment();
        } else if (status >= 400) {
            clientErrors.increment();
        }
        durationNanos.add(nanos);
        latencies.getAndIncrement(LatencyBuckets.indexOf(nanos));
    }

    public void started() {
        starts.increment();
    }

    public Totals totals() {
        long[] counts = new long[LatencyBuckets.COUNT];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = latencies.get(i);
        }
        return new Totals(
                requests.sum(), clientErrors.sum(), serverErrors.sum(), starts.sum(), durationNanos.sum(), counts);
    }
}

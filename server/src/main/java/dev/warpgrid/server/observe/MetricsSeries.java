package dev.warpgrid.server.observe;

import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionMetrics;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of one deployment in seconds. Counts of several nodes are added; a gauge of a node that did not report
 * in a second is its last one, if that is not older than {@value #GAUGE_LIVES_SECONDS} s.
 */
final class MetricsSeries {
    static final int SECONDS = 3600;
    static final int GAUGE_LIVES_SECONDS = 3;
    private static final int COUNT_BITS = 23;
    private static final int MAXIMUM_COUNT = (1 << COUNT_BITS) - 1;

    private final @Nullable Second[] ring = new @Nullable Second[SECONDS];
    /** The newest gauges of each node and revision. */
    private final Map<String, Gauge> gauges = new HashMap<>();

    private record Gauge(long second, long memoryBytes, int instances, int inFlight) {}

    /** One second, its latency counts packed as bucket and count, a third of a kilobyte where traffic is usual. */
    private static final class Second {
        private static final int[] NONE = {};

        private final long second;
        private long requests;
        private long errors;
        private long coldStarts;
        private long memoryBytes;
        private int instances;
        private int inFlight;
        private int[] latencies = NONE;

        Second(long second) {
            this.second = second;
        }

        void addLatencies(long[] counts) {
            long[] sum = counts.clone();
            unpackInto(sum);
            int used = 0;
            for (long count : sum) {
                used += count == 0 ? 0 : 1;
            }
            int[] packed = new int[used];
            int next = 0;
            for (int bucket = 0; bucket < sum.length; bucket++) {
                if (sum[bucket] != 0) {
                    packed[next++] = bucket << COUNT_BITS | (int) Math.min(sum[bucket], MAXIMUM_COUNT);
                }
            }
            latencies = packed;
        }

        void unpackInto(long[] sum) {
            for (int packed : latencies) {
                sum[packed >>> COUNT_BITS] += packed & MAXIMUM_COUNT;
            }
        }
    }

    synchronized void add(NodeId node, long second, RevisionMetrics metrics) {
        gauges.put(
                node + " " + metrics.revision().number(),
                new Gauge(second, metrics.memoryBytes(), metrics.instances(), metrics.inFlight()));
        int slot = Math.floorMod(second, SECONDS);
        Second there = ring[slot];
        if (there == null || there.second < second) {
            there = new Second(second);
            ring[slot] = there;
        } else if (there.second > second) {
            return;
        }
        there.requests += metrics.requests();
        there.errors += metrics.serverErrors();
        there.coldStarts += metrics.coldStarts();
        if (metrics.requests() > 0) {
            there.addLatencies(metrics.latencyCounts());
        }
        gauges.values().removeIf(gauge -> gauge.second() < second - GAUGE_LIVES_SECONDS);
        there.memoryBytes =
                gauges.values().stream().mapToLong(Gauge::memoryBytes).sum();
        there.instances = gauges.values().stream().mapToInt(Gauge::instances).sum();
        there.inFlight = gauges.values().stream().mapToInt(Gauge::inFlight).sum();
    }

    synchronized long memoryBytes(long now) {
        return gauges.values().stream()
                .filter(gauge -> gauge.second() >= now - GAUGE_LIVES_SECONDS - 1)
                .mapToLong(Gauge::memoryBytes)
                .sum();
    }

    /** Whether anything was reported since {@code second}. */
    synchronized boolean hasAnySince(long second) {
        return Arrays.stream(ring).anyMatch(there -> there != null && there.second >= second);
    }

    /** Sums of the seconds {@code from} to {@code to} - 1, added to {@code sum}. */
    synchronized void addTo(Sum sum, long from, long to) {
        Second newest = null;
        for (long second = from; second < to; second++) {
            Second there = ring[Math.floorMod(second, SECONDS)];
            if (there != null && there.second == second) {
                sum.requests += there.requests;
                sum.errors += there.errors;
                sum.coldStarts += there.coldStarts;
                there.unpackInto(sum.latencies);
                newest = there;
            }
        }
        if (newest != null) {
            sum.memoryBytes += newest.memoryBytes;
            sum.instances += newest.instances;
            sum.inFlight += newest.inFlight;
        }
    }

    /** What one point is made from, over one deployment or many. */
    static final class Sum {
        private final long[] latencies = new long[LatencyBuckets.COUNT];
        private long requests;
        private long errors;
        private long coldStarts;
        private long memoryBytes;
        private int instances;
        private int inFlight;

        RevisionMeasure toMeasure() {
            return new RevisionMeasure(requests, errors, LatencyBuckets.quantileMillis(latencies, 0.99));
        }

        MetricsWindow.Point toPoint(Instant end, int seconds) {
            return new MetricsWindow.Point(
                    end,
                    (double) requests / seconds,
                    (double) errors / seconds,
                    LatencyBuckets.quantileMillis(latencies, 0.50),
                    LatencyBuckets.quantileMillis(latencies, 0.95),
                    LatencyBuckets.quantileMillis(latencies, 0.99),
                    memoryBytes,
                    instances,
                    inFlight,
                    coldStarts);
        }
    }
}

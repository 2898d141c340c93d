package dev.warpgrid.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A deployment's (or the grid's) measures over time.
 *
 * @param step length of each point's interval
 * @param points oldest first, without gaps; a point without requests has zeros
 */
public record MetricsWindow(Duration step, List<Point> points) {
    public MetricsWindow {
        points = List.copyOf(points);
    }

    /**
     * One interval.
     *
     * @param at its end
     * @param errorsPerSecond answers 500 to 599
     * @param memoryBytes linear memories at its end
     */
    public record Point(
            Instant at,
            double requestsPerSecond,
            double errorsPerSecond,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            long memoryBytes,
            int instances,
            int inFlight,
            long coldStarts) {}
}

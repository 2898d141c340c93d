package dev.warpgrid.model;

/**
 * What one node counted for one revision over one interval.
 *
 * @param requests all that were answered, refused ones included
 * @param clientErrors answers 400 to 499
 * @param serverErrors answers 500 to 599, those made by the agent included
 * @param latencyCounts durations in {@link LatencyBuckets}
 * @param memoryBytes linear memories of its instances at the end of the interval
 * @param inFlight requests under way at the end of the interval
 * @param coldStarts instances made in the interval
 * @param cpuNanos processor time on guest threads
 */
@SuppressWarnings("ArrayRecordComponent") // counts are handed over whole and never compared
public record RevisionMetrics(
        RevisionId revision,
        long requests,
        long clientErrors,
        long serverErrors,
        long[] latencyCounts,
        long memoryBytes,
        int inFlight,
        int instances,
        long coldStarts,
        long cpuNanos) {}

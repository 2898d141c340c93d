package dev.warpgrid.api;

import java.time.Instant;

/**
 * One log line.
 *
 * @param sequence counts the lines of one instance; a gap is a loss
 * @param stream {@code stdout}, {@code stderr}, {@code logging} or {@code agent}
 * @param level {@code trace} to {@code critical}
 */
public record LogEntry(
        Instant at,
        String instance,
        int revision,
        String node,
        long sequence,
        String stream,
        String level,
        String text) {}

package dev.warpgrid.model;

import java.time.Instant;

/**
 * One line a guest wrote, or one its agent wrote about it, stamped by the agent.
 *
 * @param sequence counts the lines of one instance, from 1, and survives the agent
 */
public record LogLine(
        Instant at,
        NodeId node,
        InstanceId instance,
        RevisionId revision,
        long sequence,
        Stream stream,
        Level level,
        String text) {
    /** Where the line came from. */
    public enum Stream {
        STDOUT,
        STDERR,
        LOGGING,
        AGENT
    }

    /** {@code wasi:logging/logging} levels; lines of stdout are INFO, lines of stderr are WARN. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        CRITICAL
    }
}

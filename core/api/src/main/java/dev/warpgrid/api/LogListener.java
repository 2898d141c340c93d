package dev.warpgrid.api;

import java.util.List;

/** Takes log lines as they come, one call at a time. */
public interface LogListener {
    /** @param dropped lines lost before these, because the reader was too slow */
    void lines(List<LogEntry> lines, long dropped);

    /** All nodes have sent what they had and the query does not follow, or the subscription was closed. */
    void end();
}

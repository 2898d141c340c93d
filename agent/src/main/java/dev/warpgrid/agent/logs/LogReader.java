package dev.warpgrid.agent.logs;

import dev.warpgrid.model.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines on their way to one reader. Bounded: what a slow reader cannot take is dropped, oldest first, and counted.
 * Thread-safe.
 */
public final class LogReader {
    private final LogFilter filter;
    private final int capacity;
    private final Runnable whenReady;
    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private long dropped;
    private boolean complete;

    /**
     * What a reader takes at once.
     *
     * @param complete nothing will follow
     */
    public record Batch(List<LogLine> lines, long dropped, boolean complete) {}

    LogReader(LogFilter filter, int capacity, Runnable whenReady) {
        this.filter = filter;
        this.capacity = capacity;
        this.whenReady = whenReady;
    }

    LogFilter filter() {
        return filter;
    }

    void offer(LogLine line) {
        synchronized (this) {
            if (lines.size() >= capacity) {
                lines.removeFirst();
                dropped++;
            }
            lines.addLast(line);
        }
        whenReady.run();
    }

    void complete() {
        synchronized (this) {
            complete = true;
        }
        whenReady.run();
    }

    /** Takes at most so many lines; never waits. */
    public synchronized Batch take(int most) {
        List<LogLine> taken = new ArrayList<>(Math.min(most, lines.size()));
        while (taken.size() < most && !lines.isEmpty()) {
            taken.add(lines.removeFirst());
        }
        long lost = dropped;
        dropped = 0;
        return new Batch(taken, lost, complete && lines.isEmpty());
    }
}

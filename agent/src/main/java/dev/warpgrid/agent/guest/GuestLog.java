package dev.warpgrid.agent.guest;

import dev.warpgrid.model.LogLine;

/** Takes the lines of one instance: whole lines of bounded length, from any thread, without blocking. */
@FunctionalInterface
public interface GuestLog {
    void line(LogLine.Stream stream, LogLine.Level level, String text);
}

package dev.warpgrid.server.service;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Keeps a caller from pushing everybody's entries out of the audit trail with attempts that are refused: so many a minute are
 * written, the others counted.
 */
@Singleton
public class RefusalBudget {
    static final int WRITTEN_A_MINUTE = 60;
    static final int MAXIMUM_CALLERS = 10_000;
    private static final int SECONDS = 60;

    private record Window(long minute, int written, long unwritten) {}

    private final Map<String, Window> windows = new LinkedHashMap<>();

    @Inject
    public RefusalBudget() {}

    /** @return how many were only counted since the last one that was written; empty where this one is only counted */
    synchronized OptionalLong take(String caller, Instant now) {
        long minute = now.getEpochSecond() / SECONDS;
        Window known = windows.remove(caller);
        Window before = known == null ? new Window(minute, 0, 0) : known;
        int written = before.minute() == minute ? before.written() : 0;
        boolean write = written < WRITTEN_A_MINUTE;
        windows.put(caller, new Window(minute, write ? written + 1 : written, write ? 0 : before.unwritten() + 1));
        if (windows.size() > MAXIMUM_CALLERS) {
            windows.remove(windows.keySet().iterator().next());
        }
        return write ? OptionalLong.of(before.unwritten()) : OptionalLong.empty();
    }
}

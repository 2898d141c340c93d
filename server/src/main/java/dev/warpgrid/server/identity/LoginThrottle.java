package dev.warpgrid.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: after {@link #FREE_FAILURES} wrong passwords in a row a name waits, twice as long each time, up to
 * {@link #LONGEST_WAIT}. Names that do not exist wait as well, so waiting tells nothing. Kept in memory, bounded.
 */
final class LoginThrottle {
    static final int FREE_FAILURES = 5;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    static final int MAXIMUM_NAMES = 10_000;

    private record Failures(int count, Instant waitUntil) {}

    private final Map<String, Failures> failures = new LinkedHashMap<>();

    /** How long the name has to wait before the next attempt counts; zero where it may try. */
    synchronized Duration wait(String name, Instant now) {
        Failures known = failures.get(name);
        return known == null || !known.waitUntil().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, known.waitUntil());
    }

    synchronized void failed(String name, Instant now) {
        Failures known = failures.remove(name);
        int count = known == null ? 1 : known.count() + 1;
        Duration wait = count < FREE_FAILURES
                ? Duration.ZERO
                : Duration.ofSeconds(Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(30, count - FREE_FAILURES)));
        failures.put(name, new Failures(count, now.plus(wait)));
        if (failures.size() > MAXIMUM_NAMES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String name) {
        failures.remove(name);
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which log lines.
 *
 * @param instance one instance's, or all of the deployment's where null
 * @param tail how many of the newest stored lines come first, 0 to {@link #MAXIMUM_TAIL}
 * @param follow go on with new lines
 * @param since only lines after it
 */
public record LogQuery(
        @Nullable String instance,
        int tail,
        boolean follow,
        @Nullable Instant since) {
    public static final int DEFAULT_TAIL = 100;
    public static final int MAXIMUM_TAIL = 10_000;

    public LogQuery {
        if (tail < 0 || tail > MAXIMUM_TAIL) {
            throw ApiException.invalid(
                    "/tail", "A tail holds 0 to " + MAXIMUM_TAIL + " lines, and " + tail + " were asked for.");
        }
    }
}

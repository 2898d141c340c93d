package dev.warpgrid.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list.
 *
 * @param limit 1 to {@link #MAXIMUM_LIMIT}
 * @param cursor as the page before gave it
 * @param text matches names that contain it; empty matches all
 * @param labels all of which must match
 */
public record ListQuery(int limit, @Nullable String cursor, String text, Map<String, String> labels) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAXIMUM_LIMIT = 1000;

    public ListQuery {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw ApiException.invalid(
                    "/limit", "A page holds 1 to " + MAXIMUM_LIMIT + " items, and " + limit + " were asked for.");
        }
        labels = Map.copyOf(labels);
    }

    public static ListQuery first() {
        return new ListQuery(DEFAULT_LIMIT, null, "", Map.of());
    }
}

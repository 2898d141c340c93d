package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, in a stable order.
 *
 * @param cursor where the next page begins; null after the last
 * @param total of all pages
 */
public record Page<T>(List<T> items, @Nullable String cursor, long total) {
    public Page {
        items = List.copyOf(items);
    }
}

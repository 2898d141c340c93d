package dev.warpgrid.api;

import java.util.List;
import java.util.SortedMap;

/**
 * Who one is in the grid.
 *
 * @param roles with where they are held, for example {@code developer in shop}
 * @param permissions as people read them, by namespace; under {@code *} those held grid-wide
 */
public record IdentityView(
        String name, Caller.Kind kind, List<String> roles, SortedMap<String, List<String>> permissions) {
    public IdentityView {
        roles = List.copyOf(roles);
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of the grid's own.
 *
 * @param roles those held grid-wide, in order
 * @param password only in the answer that made it, never again
 */
public record UserView(
        String name,
        List<String> roles,
        boolean enabled,
        Instant createdAt,
        @Nullable String password) {
    public UserView {
        roles = List.copyOf(roles);
    }

    /** Without the password, which is for nobody's log. */
    @Override
    public String toString() {
        return "UserView[" + name + "]";
    }
}

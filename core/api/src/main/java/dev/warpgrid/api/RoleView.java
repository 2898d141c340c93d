package dev.warpgrid.api;

import java.util.List;

/**
 * A set of permissions with a name.
 *
 * @param builtIn every grid has it, and nobody can change it
 * @param permissions as people read them, for example {@code deployment:write}
 */
public record RoleView(String name, String description, boolean builtIn, List<String> permissions) {
    public RoleView {
        permissions = List.copyOf(permissions);
    }
}

package dev.warpgrid.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Roles and who holds them. Nobody can give what they do not hold themselves. A change acts at once. */
public interface RoleService {
    int MAXIMUM_ROLES = 500;
    int MAXIMUM_BINDINGS = 20_000;

    /** The built-in ones, then the grid's own, by name. */
    List<RoleView> roles(Caller caller);

    /** Makes a role or replaces it. */
    RoleView putRole(Caller caller, String name, String description, List<String> permissions);

    /** Refused while it is bound. */
    void deleteRole(Caller caller, String name);

    /** @param namespace one, or null for all that the caller may see */
    List<RoleBindingView> bindings(Caller caller, @Nullable String namespace);

    /**
     * Binds; the same again is no error.
     *
     * @param namespace null binds grid-wide
     */
    RoleBindingView bind(Caller caller, String role, Subject subject, @Nullable String namespace);

    void unbind(Caller caller, String id);
}

package dev.warpgrid.api;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who asks. Each service call names one, so that a permission never hangs on the thread that happens to run.
 *
 * @param name of the user or service account
 * @param roles held at the moment of the call
 */
public record Caller(String name, Set<Role> roles) {
    public Caller {
        roles = roles.isEmpty()
                ? Collections.unmodifiableSet(EnumSet.noneOf(Role.class))
                : Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** The grid itself, for what it does without being asked. */
    public static Caller system() {
        return new Caller("system", EnumSet.of(Role.ADMIN));
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.allows(permission));
    }
}

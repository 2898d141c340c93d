package dev.warpgrid.ui.fake;

import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Role;
import java.util.EnumSet;

/** Who asks in tests. */
public final class Callers {
    public static final Caller ADMIN = new Caller("ada", EnumSet.of(Role.ADMIN));
    public static final Caller VIEWER = new Caller("nadia", EnumSet.of(Role.VIEWER));

    private Callers() {}
}

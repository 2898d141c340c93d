package dev.warpgrid.ui.fake;

import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Grants;

/** Who asks in tests. */
public final class Callers {
    public static final Caller ADMIN = Caller.of("ada", Grants.all());
    public static final Caller VIEWER =
            Caller.of("nadia", Grants.of(Grants.EVERYWHERE, BuiltInRole.VIEWER.permissions()));

    private Callers() {}
}

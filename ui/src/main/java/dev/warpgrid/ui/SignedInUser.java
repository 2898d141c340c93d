package dev.warpgrid.ui;

import dev.warpgrid.api.Caller;

/** Who sits before this browser session. The server provides it; it is asked on request threads only. */
@FunctionalInterface
public interface SignedInUser {
    /** The caller as known now, with the roles held now. */
    Caller caller();
}

package dev.warpgrid.component.abi;

import org.jspecify.annotations.Nullable;

/** A component function: a lifted one, or one of the host. Immutable, shared by all running instances. */
public sealed interface Callee permits LiftedFunction, HostCallee {
    /** Calls it on behalf of a component instance, or of the host when that is null. */
    @Nullable
    Object call(GuestStore store, @Nullable ComponentState caller, Object[] arguments);
}

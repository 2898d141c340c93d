package dev.warpgrid.wasi;

import org.jspecify.annotations.Nullable;

/**
 * A host object behind a handle of a guest. WASI makes some resources children of others (a body's stream, a stream's
 * pollable): a parent must outlive its children, and a guest that drops it earlier traps. Used by one thread at a time.
 */
public abstract class WasiResource {
    private final @Nullable WasiResource parent;
    private int children;

    protected WasiResource(@Nullable WasiResource parent) {
        this.parent = parent;
        if (parent != null) {
            parent.children++;
        }
    }

    /** The guest dropped its handle, or the instance closes. */
    public static void drop(InstanceState state, Object resource) {
        WasiResource dropped = (WasiResource) resource;
        dropped.leave(state);
        dropped.dropped(state);
    }

    /** The guest handed its handle over to the host: the object is no longer a child of its parent. */
    public final void leave(InstanceState state) {
        // At the close of an instance the handles go in any order.
        if (children > 0 && !state.closing()) {
            throw new GuestFaultException("The guest gave up a " + wasiName() + " while " + children
                    + " of its children still lived; it must drop those first.");
        }
        if (parent != null) {
            parent.children--;
        }
    }

    /** The name of the resource in WIT. */
    protected abstract String wasiName();

    /** Frees what the object holds; called once at most. */
    protected void dropped(InstanceState state) {}
}

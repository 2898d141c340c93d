package dev.warpgrid.component.engine;

/** A function of a guest. Values are raw bits: i32 and f32 in the low half of a long, i64 and f64 in all of it. */
public non-sealed interface CoreFunction extends CoreExtern {
    /**
     * Calls the guest on this thread.
     *
     * @return the only result, or 0 when there is none
     * @throws dev.warpgrid.component.TrapException when the call does not return
     */
    long call(long... arguments);
}

package dev.warpgrid.component.engine;

/** A global of a guest, as raw bits. */
public non-sealed interface CoreGlobal extends CoreExtern {
    long get();

    /** Sets a mutable global. */
    void set(long value);
}

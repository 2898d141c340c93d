package dev.warpgrid.engine.graalwasm;

/** One engine for all tests of this module, since the first instance of each costs half a second. */
final class SharedEngine {
    static final GraalWasmEngine ENGINE = GraalWasmEngine.create();

    private SharedEngine() {}
}

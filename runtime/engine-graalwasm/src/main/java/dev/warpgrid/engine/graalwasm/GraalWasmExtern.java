package dev.warpgrid.engine.graalwasm;

import org.graalvm.polyglot.Value;

/** What a guest exports, as the engine's own value. */
interface GraalWasmExtern {
    Value value();
}

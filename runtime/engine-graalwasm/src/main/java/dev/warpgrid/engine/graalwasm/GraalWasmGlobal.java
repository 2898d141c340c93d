package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreValueType;
import org.graalvm.polyglot.Value;

/** A global, which GraalWasm shows as an object with the member {@code value}. */
final class GraalWasmGlobal implements CoreGlobal, GraalWasmExtern {
    private final Value global;
    private final CoreValueType type;

    /** Wraps a global; the code is that of its value type in the binary format. */
    GraalWasmGlobal(Value global, int code) {
        this.global = global;
        this.type = CoreValueType.of(code)
                .orElseThrow(() -> new IllegalArgumentException("The global holds something other than a number."));
    }

    @Override
    public Value value() {
        return global;
    }

    @Override
    public long get() {
        return RawBits.of(global.getMember("value"), type);
    }

    @Override
    public void set(long value) {
        global.putMember("value", RawBits.box(value, type));
    }
}

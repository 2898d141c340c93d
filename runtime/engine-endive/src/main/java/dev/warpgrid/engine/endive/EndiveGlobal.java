package dev.warpgrid.engine.endive;

import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreValueType;
import run.endive.runtime.GlobalInstance;

/** A global that holds a number. */
final class EndiveGlobal implements CoreGlobal {
    private final EndiveExtern extern;
    private final GlobalInstance global;
    private final CoreValueType type;

    /** Wraps a global; the code is that of its value type in the binary format. */
    EndiveGlobal(EndiveExtern extern, GlobalInstance global, int code) {
        this.extern = extern;
        this.global = global;
        this.type = CoreValueType.of(code)
                .orElseThrow(() -> new IllegalArgumentException("The global holds something other than a number."));
    }

    EndiveExtern extern() {
        return extern;
    }

    @Override
    public long get() {
        return EndiveStore.narrow(type) ? global.getValue() & 0xffff_ffffL : global.getValue();
    }

    @Override
    public void set(long value) {
        global.setValue(type == CoreValueType.I32 ? (int) value : value);
    }
}

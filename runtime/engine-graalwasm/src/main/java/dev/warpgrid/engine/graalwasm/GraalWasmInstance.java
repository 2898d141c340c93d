package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.engine.CoreOpaque;
import org.graalvm.polyglot.Value;

/** An instance by its {@code exports} object. */
final class GraalWasmInstance implements CoreInstance {
    private final GraalWasmModule module;
    private final Value exports;
    private final GraalWasmStore store;

    GraalWasmInstance(GraalWasmModule module, Value exports, GraalWasmStore store) {
        this.module = module;
        this.exports = exports;
        this.store = store;
    }

    @Override
    public CoreExtern export(String name) {
        Value value = member(name);
        return value == null ? missing(name) : new Opaque(value);
    }

    private CoreExtern missing(String name) {
        throw new IllegalArgumentException("The core module " + module.name() + " exports no " + name + ".");
    }

    private Value member(String name) {
        module.type(name);
        return exports.getMember(name);
    }

    @Override
    public CoreFunction function(String name) {
        return new GraalWasmFunction(member(name), module.signature(name));
    }

    @Override
    public CoreMemory memory(String name) {
        if (!(module.type(name) instanceof CoreType.Memory)) {
            throw new IllegalArgumentException("The export " + name + " of " + module.name() + " is no memory.");
        }
        return new GraalWasmMemory(member(name), store);
    }

    @Override
    public CoreGlobal global(String name) {
        if (module.type(name) instanceof CoreType.Global global) {
            return new GraalWasmGlobal(member(name), global.value());
        }
        throw new IllegalArgumentException("The export " + name + " of " + module.name() + " is no global.");
    }

    /** An export on its way into another module; the engine knows what it is. */
    private record Opaque(Value value) implements CoreOpaque, GraalWasmExtern {}
}

package dev.warpgrid.engine.endive;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleReader;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.component.engine.EngineInfo;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/**
 * Endive behind the engine SPI: each module becomes classes once, which all instances share. Functions too large for a
 * method of the JVM are interpreted.
 */
public final class EndiveEngine implements CoreEngine {
    private static final EngineInfo INFO = new EngineInfo("Endive 1.0.0", "JVM bytecode", true);

    private EndiveEngine() {}

    public static EndiveEngine create() {
        return new EndiveEngine();
    }

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public CoreModule compile(byte[] wasm, String name) {
        CoreModuleBinary binary = CoreModuleReader.read(wasm, ComponentLimits.defaults());
        try {
            WasmModule module = Parser.parse(wasm);
            return new EndiveModule(
                    name,
                    module,
                    MachineFactoryCompiler.builder(module)
                            .withInterpreterFallback(InterpreterFallback.SILENT)
                            .compile(),
                    binary);
        } catch (WasmEngineException e) {
            throw refused(name, e);
        }
    }

    private static MalformedComponentException refused(String name, RuntimeException cause) {
        return new MalformedComponentException(
                "The engine does not take the core module " + name + ": " + cause.getMessage(), 0);
    }

    @Override
    public CoreStore newStore(Object context) {
        return new EndiveStore(context);
    }

    @Override
    public void close() {
        // Compiled classes go with the last instance that uses them.
    }
}

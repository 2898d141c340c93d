package dev.warpgrid.wasi.p1;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreModuleReader;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.wasi.WasiConfig;
import java.util.ArrayList;
import java.util.List;

/** A core module linked to {@code wasi_snapshot_preview1} on one engine. Immutable and thread-safe. */
public final class Preview1Module {
    static final String START = "_start";
    static final String INITIALIZE = "_initialize";
    static final String MEMORY = "memory";
    private static final String WASI = "wasi_snapshot_preview1";

    private final CoreEngine engine;
    private final CoreModule module;
    private final CoreModuleBinary binary;
    private final CoreExtern[] imports;

    private Preview1Module(CoreEngine engine, CoreModule module, CoreModuleBinary binary, CoreExtern[] imports) {
        this.engine = engine;
        this.module = module;
        this.binary = binary;
        this.imports = imports;
    }

    /**
     * Links a module. Its memory and tables are capped as those of a component are.
     *
     * @throws MalformedComponentException when the bytes are no core module, or not one that the engine takes
     * @throws LinkException               listing every import that preview 1 does not have
     * @throws LimitExceededException      when it starts larger than the limits allow
     */
    public static Preview1Module link(CoreEngine engine, byte[] wasm, InstanceLimits limits) {
        CoreModuleBinary binary = CoreModuleReader.read(wasm.clone(), ComponentLimits.defaults());
        CoreExtern[] imports = imports(binary);
        if (!(binary.export(MEMORY) instanceof CoreType.Memory)) {
            throw new LinkException(
                    "The core module exports no memory under the name memory, which preview 1 needs to pass data.");
        }
        byte[] capped = CoreModuleRewriter.rewrite(binary, caps(binary, limits));
        return new Preview1Module(engine, engine.compile(capped, "module"), binary, imports);
    }

    /** Whether bytes begin as a core module does; a component has another version in its first eight bytes. */
    public static boolean isCoreModule(byte[] wasm) {
        return wasm.length >= 8
                && wasm[0] == 0
                && wasm[1] == 'a'
                && wasm[2] == 's'
                && wasm[3] == 'm'
                && wasm[4] == 1
                && wasm[6] == 0;
    }

    private static CoreModuleRewriter.Caps caps(CoreModuleBinary binary, InstanceLimits limits) {
        long minimum = CoreModuleRewriter.bytes(binary.minimumMemoryPages());
        if (minimum > limits.memoryBytes()) {
            throw new LimitExceededException(
                    "memoryBytes",
                    "The module starts with " + minimum + " bytes of memory and the limit memoryBytes is "
                            + limits.memoryBytes() + "; raise the limit to run it.");
        }
        long left = CoreModuleRewriter.pages(limits.memoryBytes() - minimum);
        int memories = Math.max(1, binary.memories().size());
        return new CoreModuleRewriter.Caps(left / memories, limits.tableElements());
    }

    private static CoreExtern[] imports(CoreModuleBinary binary) {
        CoreExtern[] imports = new CoreExtern[binary.imports().size()];
        List<String> missing = new ArrayList<>();
        for (int index = 0; index < imports.length; index++) {
            CoreModuleBinary.Import wanted = binary.imports().get(index);
            CoreHostFunction function = wanted.module().equals(WASI) ? Preview1Functions.ALL.get(wanted.name()) : null;
            if (function == null || !CoreType.Function.of(function.signature()).equals(wanted.type())) {
                missing.add(wanted.module() + " " + wanted.name() + " ("
                        + wanted.type().describe() + ")");
            } else {
                imports[index] = function;
            }
        }
        if (!missing.isEmpty()) {
            throw new LinkException("The core module imports what preview 1 does not have: "
                    + String.join(", ", missing) + "; build it for wasm32-wasip1.");
        }
        return imports;
    }

    /** Whether it is a program with a beginning and an end; otherwise it is a library, called function by function. */
    public boolean command() {
        return binary.export(START) instanceof CoreType.Function;
    }

    /** The functions it exports, by name, that take and answer numbers only. */
    public List<String> functions() {
        return binary.exports().entrySet().stream()
                .filter(export -> export.getValue() instanceof CoreType.Function function
                        && function.signature().isPresent())
                .map(export -> export.getKey())
                .toList();
    }

    boolean exportsFunction(String name) {
        return binary.export(name) instanceof CoreType.Function;
    }

    /** What its memories start with. */
    public long minimumMemoryBytes() {
        return CoreModuleRewriter.bytes(binary.minimumMemoryPages());
    }

    List<CoreType.Memory> memories() {
        return binary.memories();
    }

    CoreEngine engine() {
        return engine;
    }

    CoreModule module() {
        return module;
    }

    CoreExtern[] imports() {
        return imports.clone();
    }

    /**
     * Makes an instance in a store of its own; a library is initialized on this thread, a command waits for its run.
     *
     * @throws dev.warpgrid.component.TrapException when that traps
     */
    public Preview1Instance instantiate(WasiConfig config) {
        return Preview1Instance.start(this, config);
    }
}

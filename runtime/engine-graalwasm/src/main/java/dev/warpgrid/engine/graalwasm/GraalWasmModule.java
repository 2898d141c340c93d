package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreModule;
import dev.warpgrid.component.engine.CoreSignature;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Source;

/** A module's source and what its sections say of its imports and exports, which the engine does not tell. */
final class GraalWasmModule implements CoreModule {
    private final String name;
    private final Source source;
    private final Map<String, Map<String, Integer>> imports = new LinkedHashMap<>();
    private final Map<String, CoreSignature> functions = new HashMap<>();
    private final Map<String, CoreType> exports;

    GraalWasmModule(String name, Source source, CoreModuleBinary binary) {
        this.name = name;
        this.source = source;
        List<CoreModuleBinary.Import> wanted = binary.imports();
        for (int i = 0; i < wanted.size(); i++) {
            imports.computeIfAbsent(wanted.get(i).module(), module -> new LinkedHashMap<>())
                    .put(wanted.get(i).name(), i);
        }
        this.exports = binary.exports();
    }

    @Override
    public String name() {
        return name;
    }

    Source source() {
        return source;
    }

    /** The position of each import, by module and name. */
    Map<String, Map<String, Integer>> imports() {
        return imports;
    }

    CoreType type(String export) {
        CoreType type = exports.get(export);
        if (type == null) {
            throw new IllegalArgumentException("The core module " + name + " exports no " + export + ".");
        }
        return type;
    }

    /** The signature of an exported function. */
    CoreSignature signature(String export) {
        synchronized (functions) {
            return functions.computeIfAbsent(export, this::readSignature);
        }
    }

    private CoreSignature readSignature(String export) {
        if (type(export) instanceof CoreType.Function function) {
            return function.signature()
                    .orElseThrow(() -> new IllegalArgumentException("The function " + export + " of the core module "
                            + name + " takes or returns something other than numbers."));
        }
        throw new IllegalArgumentException("The export " + export + " of the core module " + name + " is no function.");
    }
}

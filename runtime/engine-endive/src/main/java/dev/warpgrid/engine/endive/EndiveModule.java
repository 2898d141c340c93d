package dev.warpgrid.engine.endive;

import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreModule;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExportSection;

/** A parsed and compiled module. */
record EndiveModule(String name, WasmModule module, Function<Instance, Machine> machines, CoreModuleBinary binary)
        implements CoreModule {
    CoreType type(String export) {
        CoreType type = binary.export(export);
        if (type == null) {
            throw new IllegalArgumentException("The core module " + name + " exports no " + export + ".");
        }
        return type;
    }

    /** The index of an export within its index space. */
    int index(String export) {
        ExportSection exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            Export each = exports.getExport(i);
            if (each.name().equals(export)) {
                return each.index();
            }
        }
        throw new IllegalArgumentException("The core module " + name + " exports no " + export + ".");
    }
}

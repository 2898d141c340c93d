package dev.warpgrid.engine.endive;

import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreOpaque;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportTag;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.TagInstance;

/** An export on its way into another module. */
record EndiveExtern(EndiveModule module, Instance instance, String name) implements CoreOpaque {
    /** Adds it under the names that the module which imports it uses. */
    void addTo(ImportValues.Builder imports, String importModule, String importName) {
        switch (module.type(name)) {
            case CoreType.Function _ ->
                imports.addFunction(ImportFunction.exportAsImport(importModule, importName, instance, name));
            case CoreType.Memory _ ->
                imports.addMemory(new ImportMemory(
                        importModule, importName, instance.exports().memory(name)));
            case CoreType.Table _ ->
                imports.addTable(new ImportTable(
                        importModule, importName, instance.exports().table(name)));
            case CoreType.Global _ ->
                imports.addGlobal(new ImportGlobal(
                        importModule, importName, instance.exports().global(name)));
            case CoreType.Tag _ -> {
                TagInstance tag = instance.tag(module.index(name));
                imports.addTag(new ImportTag(importModule, importName, tag));
            }
        }
    }
}

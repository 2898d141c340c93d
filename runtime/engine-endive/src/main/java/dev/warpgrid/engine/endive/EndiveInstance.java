package dev.warpgrid.engine.endive;

import dev.warpgrid.component.binary.CoreType;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreGlobal;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.engine.CoreSignature;
import run.endive.runtime.Instance;

/** An instance, with what its module's sections say. */
final class EndiveInstance implements CoreInstance {
    private final EndiveModule module;
    private final Instance instance;
    private final EndiveStore store;

    EndiveInstance(EndiveModule module, Instance instance, EndiveStore store) {
        this.module = module;
        this.instance = instance;
        this.store = store;
    }

    private EndiveExtern extern(String name) {
        module.type(name);
        return new EndiveExtern(module, instance, name);
    }

    @Override
    public CoreExtern export(String name) {
        return extern(name);
    }

    @Override
    public CoreFunction function(String name) {
        if (!(module.type(name) instanceof CoreType.Function function)) {
            throw new IllegalArgumentException("The export " + name + " of " + module.name() + " is no function.");
        }
        CoreSignature signature = function.signature()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The function " + name + " takes or returns something other than numbers."));
        return new EndiveFunction(extern(name), signature, instance.export(name), store);
    }

    @Override
    public CoreMemory memory(String name) {
        if (!(module.type(name) instanceof CoreType.Memory)) {
            throw new IllegalArgumentException("The export " + name + " of " + module.name() + " is no memory.");
        }
        return new EndiveMemory(extern(name), instance.exports().memory(name));
    }

    @Override
    public CoreGlobal global(String name) {
        if (module.type(name) instanceof CoreType.Global global) {
            return new EndiveGlobal(extern(name), instance.exports().global(name), global.value());
        }
        throw new IllegalArgumentException("The export " + name + " of " + module.name() + " is no global.");
    }
}

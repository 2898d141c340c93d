package dev.warpgrid.wasi.command;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpComponent;
import dev.warpgrid.wasi.p1.Preview1Module;

/** A command linked on one engine. Immutable and thread-safe. */
public sealed interface CommandProgram {
    /** The interface that a command component exports. */
    String RUN = "wasi:cli/run";

    /**
     * Links what the bytes are, a component or a core module.
     *
     * @throws dev.warpgrid.component.MalformedComponentException when they are neither
     * @throws LinkException when it imports what this host does not give, or is no command
     */
    static CommandProgram link(CoreEngine engine, byte[] wasm, InstanceLimits limits) {
        if (Preview1Module.isCoreModule(wasm)) {
            Preview1Module module = Preview1Module.link(engine, wasm, limits);
            if (!module.command()) {
                throw new LinkException("The core module exports no _start, so there is nothing to run; build it as a"
                        + " command, not as a library.");
            }
            return new OfModule(module);
        }
        Linker<InstanceState> linker = new Linker<>(engine);
        HttpComponent.provided().forEach(linker::provide);
        LinkedComponent<InstanceState> linked = linker.link(Component.parse(wasm), limits);
        if (!linked.exports(RUN + "@0.2.0")) {
            throw new LinkException("The component does not export " + RUN
                    + " in version 0.2, so there is nothing to run; build it for the wasi:cli/command world.");
        }
        return new OfComponent(linked);
    }

    /** Makes one run of the command ready. */
    CommandRun prepare(WasiConfig config);

    /** A component. */
    record OfComponent(LinkedComponent<InstanceState> linked) implements CommandProgram {
        @Override
        public CommandRun prepare(WasiConfig config) {
            InstanceState state = new InstanceState(config);
            return new CommandRun.OfComponent(linked.instantiate(state), state);
        }
    }

    /** A preview 1 module. */
    record OfModule(Preview1Module module) implements CommandProgram {
        @Override
        public CommandRun prepare(WasiConfig config) {
            return new CommandRun.OfModule(module.instantiate(config));
        }
    }
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.p1.Preview1Module;

/** A program that answers HTTP requests, linked on one engine; instances are made from it. Immutable, thread-safe. */
public sealed interface HttpProgram extends AutoCloseable permits HttpComponent, CgiProgram {
    /**
     * Links what the bytes are: a component as {@link HttpComponent}, a core module as {@link CgiProgram}.
     *
     * @throws dev.warpgrid.component.MalformedComponentException when they are neither
     * @throws LinkException when it imports what this host does not give, or answers no HTTP requests
     */
    static HttpProgram link(CoreEngine engine, byte[] wasm, InstanceLimits limits) {
        return Preview1Module.isCoreModule(wasm)
                ? CgiProgram.link(engine, wasm, limits)
                : HttpComponent.link(engine, Component.parse(wasm), limits);
    }

    /**
     * Makes an instance.
     *
     * @throws dev.warpgrid.component.TrapException when one of its start functions traps
     */
    HttpInstance instantiate(WasiConfig config);

    @Override
    void close();
}

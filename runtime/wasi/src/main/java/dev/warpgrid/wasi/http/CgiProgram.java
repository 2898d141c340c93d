package dev.warpgrid.wasi.http;

import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.p1.Preview1Module;

/**
 * A preview 1 command that answers HTTP requests as a CGI program does (RFC 3875): the request in its environment and its
 * standard input, the answer on its standard output. Each request has a run of its own, with a memory of its own.
 */
public final class CgiProgram implements HttpProgram {
    private final Preview1Module module;

    private CgiProgram(Preview1Module module) {
        this.module = module;
    }

    /**
     * Links a core module.
     *
     * @throws LinkException when it imports what preview 1 does not have, or is no command
     */
    public static CgiProgram link(CoreEngine engine, byte[] wasm, InstanceLimits limits) {
        Preview1Module module = Preview1Module.link(engine, wasm, limits);
        if (!module.command()) {
            throw new LinkException(
                    "The core module exports no _start, so it cannot answer HTTP requests as a CGI program;"
                            + " build it as a command, or as a component for the wasi:http/proxy world.");
        }
        return new CgiProgram(module);
    }

    @Override
    public HttpInstance instantiate(WasiConfig config) {
        return new CgiInstance(module, config);
    }

    @Override
    public void close() {
        // Compiled code belongs to the engine's cache, which lets go of it by itself.
    }
}

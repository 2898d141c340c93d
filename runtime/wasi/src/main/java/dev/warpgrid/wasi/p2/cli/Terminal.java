package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.WasiResource;

/** A handle that says no more than that a standard stream is a terminal. */
abstract sealed class Terminal extends WasiResource {
    private Terminal() {
        super(null);
    }

    /** {@code wasi:cli/terminal-input.terminal-input}. */
    static final class Input extends Terminal {
        @Override
        protected String wasiName() {
            return "terminal-input";
        }
    }

    /** {@code wasi:cli/terminal-output.terminal-output}. */
    static final class Output extends Terminal {
        @Override
        protected String wasiName() {
            return "terminal-output";
        }
    }
}

package dev.warpgrid.wasi.p2.cli;

import dev.warpgrid.wasi.WasiResource;

/** The type behind terminal handles; no guest here has a terminal, so there is no object of it. */
abstract class NoTerminal extends WasiResource {
    private NoTerminal() {
        super(null);
    }
}

package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.WasiResource;

/** The type behind sockets and their streams; none can be created here, so there is no object of it. */
abstract class NoSocket extends WasiResource {
    private NoSocket() {
        super(null);
    }
}

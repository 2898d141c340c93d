package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.wasi.WasiResource;

/** The type behind descriptors and directory streams; without a preopened folder there is no object of it. */
abstract class NoFile extends WasiResource {
    private NoFile() {
        super(null);
    }
}

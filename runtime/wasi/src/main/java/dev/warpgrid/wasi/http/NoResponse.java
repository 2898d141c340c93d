package dev.warpgrid.wasi.http;

import dev.warpgrid.wasi.WasiResource;

/** The type behind responses to outgoing requests; those are denied, so there is no object of it. */
abstract class NoResponse extends WasiResource {
    private NoResponse() {
        super(null);
    }
}

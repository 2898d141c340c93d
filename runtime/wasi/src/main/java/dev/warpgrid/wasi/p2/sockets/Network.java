package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:sockets/network.network}: the one network of an instance. */
final class Network extends WasiResource {
    Network() {
        super(null);
    }

    @Override
    protected String wasiName() {
        return "network";
    }
}

package dev.warpgrid.wasi.p2.sockets;

import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:sockets/network.network}: the network of an instance, which leads nowhere. */
final class Network extends WasiResource {
    Network() {
        super(null);
    }

    @Override
    protected String wasiName() {
        return "network";
    }
}

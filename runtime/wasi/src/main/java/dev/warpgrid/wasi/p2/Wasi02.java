package dev.warpgrid.wasi.p2;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.wasi.InstanceState;

/** The version that our WASI 0.2 interfaces carry; a guest that names an earlier or later 0.2 links to it. */
public final class Wasi02 {
    public static final String VERSION = "0.2.12";

    private Wasi02() {}

    /** Starts an interface of a WASI 0.2 package, named as {@code wasi:io/streams}. */
    public static HostInterface.Builder<InstanceState> interfaceNamed(String name) {
        return HostInterface.named(name, VERSION);
    }
}

package dev.warpgrid.component.fuzz;

import dev.warpgrid.component.abi.AbiCase;

/** Lift and lower of what the bytes choose, damaged too: as the model of the specification says, or a trap. */
public final class AbiFuzzer {
    private AbiFuzzer() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String guest = new AbiCase(new BytesRandom(data)).callsTheGuest();
        String host = new AbiCase(new BytesRandom(data)).callsTheHost(true);
        if (guest != null || host != null) {
            throw new AssertionError("A call of the guest: " + guest + "; a call of the host: " + host);
        }
    }
}

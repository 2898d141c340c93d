package dev.warpgrid.component.abi;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;

/** The traps of the Canonical ABI. */
final class Traps {
    private Traps() {}

    static TrapException abi(String message) {
        return new TrapException(Kind.ABI, message);
    }

    /** A value of the host that is not of its WIT type. */
    static TrapException hostValue(String type, Object value) {
        return new TrapException(
                Kind.HOST_FAILURE,
                "The host gave a " + value.getClass().getSimpleName() + " where WIT wants " + type + ".");
    }
}

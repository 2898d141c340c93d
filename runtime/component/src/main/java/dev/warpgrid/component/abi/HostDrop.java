package dev.warpgrid.component.abi;

import dev.warpgrid.component.GuestInterruptedException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;

/** Ends a host's resource that a guest dropped. */
final class HostDrop {
    private HostDrop() {}

    static void run(GuestStore store, HostResourceType type, Object representation) {
        try {
            type.drop(store.state(), representation);
        } catch (TrapException trap) {
            throw trap;
        } catch (GuestInterruptedException interrupted) {
            throw new TrapException(Kind.INTERRUPTED, "Dropping a " + type.name() + " was interrupted.", interrupted);
        } catch (RuntimeException e) {
            throw new TrapException(Kind.HOST_FAILURE, "Dropping a " + type.name() + " failed: " + e, e);
        }
    }
}

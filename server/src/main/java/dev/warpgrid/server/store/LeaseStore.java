package dev.warpgrid.server.store;

import java.time.Duration;
import java.util.OptionalLong;

/** Leases with fencing numbers, timed by the database's clock alone. */
public interface LeaseStore {
    /**
     * Takes or prolongs a lease.
     *
     * @return the fence, which grows with each new holding; empty while somebody else holds the lease
     */
    OptionalLong acquire(String name, String holder, Duration validFor);

    /** Whether the lease still has this fence; it keeps it until the transaction ends. */
    boolean lock(String name, long fence);

    /** Gives it back, if it is still the holder's. */
    void release(String name, String holder);
}

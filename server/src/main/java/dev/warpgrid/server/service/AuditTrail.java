package dev.warpgrid.server.service;

import dev.warpgrid.api.Caller;
import org.jspecify.annotations.Nullable;

/** Takes an entry for every write, in the transaction that writes: either both are there or neither is. */
public interface AuditTrail {
    /**
     * @param action for example {@code deployment.apply}
     * @param namespace null for what belongs to the grid
     * @param before records of the contract or texts, with nothing in them that must not be read; null where there was
     *     nothing
     * @param after as {@code before}; null where nothing is left
     */
    void done(
            Caller caller,
            String action,
            @Nullable String namespace,
            String resource,
            @Nullable Object before,
            @Nullable Object after);

    /** An attempt that changed nothing; takes a transaction of its own. */
    void refused(Caller caller, String action, @Nullable String namespace, String resource, String why);
}

package dev.warpgrid.server.service;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Gives work outside of a service method a transaction. */
@Singleton
public class Transactions {
    /** Joins the transaction that runs, or makes one for the call. */
    @Transactional
    public <T> T call(Supplier<T> work) {
        return work.get();
    }

    @Transactional
    public void run(Runnable work) {
        work.run();
    }
}

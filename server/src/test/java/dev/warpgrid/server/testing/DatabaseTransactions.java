package dev.warpgrid.server.testing;

import dev.warpgrid.server.service.Transactions;
import java.util.function.Supplier;

/** Transactions on a {@link MigratedDatabase}, in place of the container's. */
public final class DatabaseTransactions extends Transactions {
    private final MigratedDatabase database;

    public DatabaseTransactions(MigratedDatabase database) {
        this.database = database;
    }

    @Override
    public <T> T call(Supplier<T> work) {
        return database.inTransaction(work);
    }

    @Override
    public void run(Runnable work) {
        database.inTransaction(() -> {
            work.run();
            return true;
        });
    }
}

package dev.warpgrid.server.access;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.BuiltInRole;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.server.store.AccessStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A grid that nobody can administer can only be thrown away. */
@Singleton
public class Administrators {
    private final AccessStore access;

    @Inject
    public Administrators(AccessStore access) {
        this.access = access;
    }

    /**
     * Called in a transaction that holds the access store's lock, after what it changed.
     *
     * @throws ApiException where no enabled user administers the grid any more; the transaction is then to be given up
     */
    public void requireOne() {
        if (access.enabledUsersWith(BuiltInRole.GRID_ADMIN.role()) == 0) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "This would leave the grid without an enabled user who holds grid-admin: give it to another first.");
        }
    }
}

package dev.warpgrid.server.store;

import java.util.Optional;

/** Local users. */
public interface UserStore {
    Optional<StoredUser> find(String name);

    long count();

    /** @return false where the name is taken */
    boolean insert(StoredUser user);

    void setPassword(String name, String passwordHash);

    void setEnabled(String name, boolean enabled);
}

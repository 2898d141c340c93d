package dev.warpgrid.server.store;

import java.util.List;
import java.util.Optional;

/** Local users. Each change counts the user's version up, so that what relied on the old one ends. */
public interface UserStore {
    Optional<StoredUser> find(String name);

    /** As {@link #find}, and no other transaction may change it before this one ends. */
    Optional<StoredUser> lock(String name);

    /** By name. */
    List<StoredUser> all();

    long count();

    /** @return false where the name is taken */
    boolean insert(StoredUser user);

    void setPassword(String name, String passwordHash);

    void setEnabled(String name, boolean enabled);

    /** Only counts the version up. */
    void endSessions(String name);

    void delete(String name);
}

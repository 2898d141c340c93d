package dev.warpgrid.server.store;

import dev.warpgrid.api.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Local users. Each change counts the user's version up, so that what relied on the old one ends. */
public interface UserStore {
    Optional<StoredUser> find(String name);

    /** As {@link #find}, and no other transaction may change it before this one ends. */
    Optional<StoredUser> lock(String name);

    /** By name. */
    List<StoredUser> all();

    long count();

    /** The enabled users with the role, none of whom another transaction may change before this one ends. */
    List<String> lockEnabledWith(Role role);

    /** @return false where the name is taken */
    boolean insert(StoredUser user);

    void setPassword(String name, String passwordHash);

    void setEnabled(String name, boolean enabled);

    void setRoles(String name, Set<Role> roles);

    void delete(String name);
}

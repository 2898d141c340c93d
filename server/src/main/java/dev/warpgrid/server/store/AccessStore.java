package dev.warpgrid.server.store;

import dev.warpgrid.api.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Roles, their bindings, and service accounts. */
public interface AccessStore {
    /** No other transaction changes users' roles, roles or bindings before this one ends. */
    void lock();

    /** The grid's own, by name. */
    List<StoredRole> roles();

    Optional<StoredRole> role(String name);

    void putRole(StoredRole role);

    void deleteRole(String name);

    /** In the order of namespace (grid-wide first), role and subject. */
    List<StoredBinding> bindings();

    Optional<StoredBinding> binding(String id);

    Optional<StoredBinding> binding(String role, Subject subject, @Nullable String namespace);

    void insert(StoredBinding binding);

    void deleteBinding(String id);

    /** All that are bound to the subject, or to one of the groups. */
    List<StoredBinding> bindingsOf(Subject subject, Collection<String> groups);

    void deleteBindingsOf(Subject subject);

    /** How many enabled local users hold the role grid-wide by a binding of their own. */
    long enabledUsersWith(String role);

    /** By name. */
    List<StoredServiceAccount> accounts(String namespace);

    Optional<StoredServiceAccount> account(String namespace, String name);

    /** @return false where the name is taken */
    boolean insert(StoredServiceAccount account);

    void deleteAccount(String namespace, String name);
}

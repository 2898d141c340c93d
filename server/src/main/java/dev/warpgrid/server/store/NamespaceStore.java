package dev.warpgrid.server.store;

import java.util.List;
import java.util.Optional;

/** Namespaces. */
public interface NamespaceStore {
    /** By name. */
    List<StoredNamespace> all();

    Optional<StoredNamespace> find(String name);

    /** As {@link #find}, and nobody else may delete it before this transaction ends. */
    Optional<StoredNamespace> share(String name);

    /** @return false where the name is taken */
    boolean insert(StoredNamespace namespace);

    /** Nothing may be in it any more. */
    void delete(String name);

    int deployments(String name);

    int artifacts(String name);
}

package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.StoredNamespace;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Namespaces in PostgreSQL. */
@Singleton
public class JpaNamespaceStore implements NamespaceStore {
    private final EntityManager entities;

    @Inject
    public JpaNamespaceStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public List<StoredNamespace> all() {
        return entities.createQuery("from NamespaceEntity order by name", NamespaceEntity.class)
                .getResultStream()
                .map(JpaNamespaceStore::toStored)
                .toList();
    }

    @Override
    public Optional<StoredNamespace> find(String name) {
        return Optional.ofNullable(entities.find(NamespaceEntity.class, name)).map(JpaNamespaceStore::toStored);
    }

    @Override
    public Optional<StoredNamespace> share(String name) {
        return Optional.ofNullable(entities.find(NamespaceEntity.class, name, LockModeType.PESSIMISTIC_READ))
                .map(JpaNamespaceStore::toStored);
    }

    @Override
    public boolean insert(StoredNamespace namespace) {
        return entities.createNativeQuery(
                                "insert into namespace (name, created_at, created_by) values (:name, :at, :by)"
                                        + " on conflict do nothing")
                        .setParameter("name", namespace.name())
                        .setParameter("at", namespace.createdAt())
                        .setParameter("by", namespace.createdBy())
                        .executeUpdate()
                == 1;
    }

    @Override
    public void delete(String name) {
        entities.createQuery("delete NamespaceEntity where name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    @Override
    public int deployments(String name) {
        return entities.createQuery("select count(*) from DeploymentEntity where namespace = :name", Long.class)
                .setParameter("name", name)
                .getSingleResult()
                .intValue();
    }

    @Override
    public int artifacts(String name) {
        return entities.createQuery("select count(*) from ArtifactEntity where key.namespace = :name", Long.class)
                .setParameter("name", name)
                .getSingleResult()
                .intValue();
    }

    private static StoredNamespace toStored(NamespaceEntity entity) {
        return new StoredNamespace(entity.name, entity.createdAt, entity.createdBy);
    }
}

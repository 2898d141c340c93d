package dev.warpgrid.server.persistence;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.DeploymentQuery;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments in PostgreSQL. */
@Singleton
public class JpaDeploymentStore implements DeploymentStore {
    private static final String WITH_REVISION = "select d, r from DeploymentEntity d join RevisionEntity r"
            + " on r.key.deployment = d.uid and r.key.number = d.revision";
    private static final String IN_ORDER = " order by d.namespace, d.name";

    private final EntityManager entities;
    private final Clock clock;

    @Inject
    public JpaDeploymentStore(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    public Optional<StoredDeployment> find(DeploymentId id) {
        return entity(id, LockModeType.NONE).map(this::withRevision);
    }

    @Override
    public Optional<StoredDeployment> lock(DeploymentId id) {
        return entity(id, LockModeType.PESSIMISTIC_WRITE).map(this::withRevision);
    }

    @Override
    public List<StoredDeployment> list(DeploymentQuery query) {
        TypedQuery<Object[]> select =
                entities.createQuery(WITH_REVISION + conditions(query, query.after()) + IN_ORDER, Object[].class);
        bind(select, query, query.after());
        return stored(select.setMaxResults(query.limit()));
    }

    @Override
    public long count(DeploymentQuery query) {
        TypedQuery<Long> select =
                entities.createQuery("select count(*) from DeploymentEntity d" + conditions(query, null), Long.class);
        bind(select, query, null);
        return select.getSingleResult();
    }

    @Override
    public List<StoredDeployment> all() {
        return stored(entities.createQuery(WITH_REVISION + IN_ORDER, Object[].class));
    }

    @Override
    public Optional<StoredRevision> revision(RevisionId id) {
        return entities.createQuery(
                        "select r from RevisionEntity r join DeploymentEntity d on r.key.deployment = d.uid"
                                + " where d.namespace = :namespace and d.name = :name and r.key.number = :number",
                        RevisionEntity.class)
                .setParameter("namespace", id.deployment().namespace())
                .setParameter("name", id.deployment().name())
                .setParameter("number", id.number())
                .getResultStream()
                .findFirst()
                .map(RevisionEntity::toStored);
    }

    @Override
    public List<StoredRevision> revisions(DeploymentId id, int before, int limit) {
        return entities.createQuery(
                        "select r from RevisionEntity r join DeploymentEntity d on r.key.deployment = d.uid"
                                + " where d.namespace = :namespace and d.name = :name and r.key.number < :before"
                                + " order by r.key.number desc",
                        RevisionEntity.class)
                .setParameter("namespace", id.namespace())
                .setParameter("name", id.name())
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultStream()
                .map(RevisionEntity::toStored)
                .toList();
    }

    @Override
    public int nextRevisionNumber(DeploymentId id) {
        return ((Number) entities.createNativeQuery(
                                "insert into revision_counter (namespace, name, last) values (:namespace, :name, 1)"
                                        + " on conflict (namespace, name) do update set last = revision_counter.last + 1"
                                        + " returning last",
                                Integer.class)
                        .setParameter("namespace", id.namespace())
                        .setParameter("name", id.name())
                        .getSingleResult())
                .intValue();
    }

    @Override
    public StoredDeployment insert(StoredDeployment deployment) {
        DeploymentEntity entity = new DeploymentEntity();
        entity.uid = deployment.uid();
        entity.namespace = deployment.id().namespace();
        entity.name = deployment.id().name();
        entity.createdAt = deployment.createdAt();
        entity.createdBy = deployment.createdBy();
        entity.take(deployment, clock.instant());
        entities.persist(entity);
        entities.flush();
        return withNewRevision(entity, deployment.revision());
    }

    @Override
    public StoredDeployment update(StoredDeployment deployment) {
        DeploymentEntity entity = entity(deployment.id(), LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> new IllegalStateException(deployment.id() + " is not there to be updated."));
        boolean sameRevision = entity.revision == deployment.revision().number();
        entity.take(deployment, clock.instant());
        entities.flush();
        return sameRevision ? withRevision(entity) : withNewRevision(entity, deployment.revision());
    }

    @Override
    public void delete(StoredDeployment deployment) {
        entities.createQuery("delete DeploymentEntity where uid = :uid")
                .setParameter("uid", deployment.uid())
                .executeUpdate();
        entities.clear();
    }

    @Override
    public Optional<DeploymentId> routeOwner(String host, String path) {
        return entities.createQuery(
                        "select d.namespace, d.name from RouteEntity t join DeploymentEntity d on t.deployment = d.uid"
                                + " where t.key.host = :host and t.key.path = :path",
                        Object[].class)
                .setParameter("host", host)
                .setParameter("path", path)
                .getResultStream()
                .findFirst()
                .map(JpaDeploymentStore::id);
    }

    @Override
    public List<DeploymentId> usersOf(String namespace, Digest artifact) {
        return entities.createQuery(
                        "select distinct d.namespace, d.name from RevisionEntity r join DeploymentEntity d"
                                + " on r.key.deployment = d.uid"
                                + " where d.namespace = :namespace and r.artifact = :artifact" + IN_ORDER,
                        Object[].class)
                .setParameter("namespace", namespace)
                .setParameter("artifact", artifact.value())
                .getResultStream()
                .map(JpaDeploymentStore::id)
                .toList();
    }

    private StoredDeployment withNewRevision(DeploymentEntity entity, StoredRevision revision) {
        RevisionEntity added = RevisionEntity.of(entity.uid, revision);
        entities.persist(added);
        entities.createQuery("delete RouteEntity where deployment = :uid")
                .setParameter("uid", entity.uid)
                .executeUpdate();
        for (String host : revision.hosts()) {
            for (String path : revision.paths()) {
                RouteEntity route = new RouteEntity();
                route.key = new RouteKey(host, path);
                route.deployment = entity.uid;
                entities.merge(route);
            }
        }
        entities.flush();
        return entity.toStored(added);
    }

    private StoredDeployment withRevision(DeploymentEntity entity) {
        RevisionEntity newest = entities.find(RevisionEntity.class, new RevisionKey(entity.uid, entity.revision));
        if (newest == null) {
            throw new IllegalStateException("Revision " + entity.revision + " of " + entity.name + " is missing.");
        }
        return entity.toStored(newest);
    }

    private Optional<DeploymentEntity> entity(DeploymentId id, LockModeType lock) {
        return entities.createQuery(
                        "from DeploymentEntity where namespace = :namespace and name = :name", DeploymentEntity.class)
                .setParameter("namespace", id.namespace())
                .setParameter("name", id.name())
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    private static String conditions(DeploymentQuery query, @Nullable DeploymentId after) {
        List<String> all = new ArrayList<>();
        if (query.namespaces() != null) {
            all.add("d.namespace in :namespaces");
        }
        if (!query.text().isEmpty()) {
            all.add("position(:text in d.name) > 0");
        }
        for (int i = 0; i < query.labels().size(); i++) {
            all.add("function('jsonb_extract_path_text', d.labels, :key" + i + ") = :value" + i);
        }
        if (after != null) {
            all.add("(d.namespace > :afterNamespace or (d.namespace = :afterNamespace and d.name > :afterName))");
        }
        return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }

    private static void bind(TypedQuery<?> select, DeploymentQuery query, @Nullable DeploymentId after) {
        if (query.namespaces() != null) {
            select.setParameter("namespaces", query.namespaces());
        }
        if (!query.text().isEmpty()) {
            select.setParameter("text", query.text());
        }
        int i = 0;
        for (Map.Entry<String, String> label : query.labels().entrySet()) {
            select.setParameter("key" + i, label.getKey());
            select.setParameter("value" + i, label.getValue());
            i++;
        }
        if (after != null) {
            select.setParameter("afterNamespace", after.namespace());
            select.setParameter("afterName", after.name());
        }
    }

    private static List<StoredDeployment> stored(TypedQuery<Object[]> pairs) {
        return pairs.getResultStream()
                .map(pair -> ((DeploymentEntity) pair[0]).toStored((RevisionEntity) pair[1]))
                .toList();
    }

    private static DeploymentId id(Object[] row) {
        return new DeploymentId((String) row[0], (String) row[1]);
    }
}

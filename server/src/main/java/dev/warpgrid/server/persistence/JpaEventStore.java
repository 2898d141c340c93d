package dev.warpgrid.server.persistence;

import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventView;
import dev.warpgrid.server.store.EventStore;
import dev.warpgrid.server.store.NewEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events in PostgreSQL. */
@Singleton
public class JpaEventStore implements EventStore {
    /** Any number will do, as long as nothing else in the database takes it. */
    private static final long APPEND_LOCK = 0x57_41_52_50_45_56L;

    /** Old events go in batches, not with each new one. */
    private static final int PRUNE_EVERY = 100;

    private final EntityManager entities;

    @Inject
    public JpaEventStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public EventView append(NewEvent event, Instant at) {
        // Held to the commit: without it a higher number could become visible before a lower one.
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(" + APPEND_LOCK + ") as text)", String.class)
                .getResultList();
        EventEntity entity = new EventEntity();
        entity.at = at;
        entity.severity = event.severity();
        entity.reason = event.reason();
        entity.message = event.message();
        entity.namespace = event.namespace();
        entity.deployment = event.deployment();
        entity.instance = event.instance();
        entity.node = event.node();
        entities.persist(entity);
        entities.flush();
        EventView view = entity.toView();
        if (view.id() % PRUNE_EVERY == 0) {
            entities.createQuery("delete EventEntity where id <= :last")
                    .setParameter("last", view.id() - KEPT)
                    .executeUpdate();
        }
        return view;
    }

    @Override
    public List<EventView> latest(EventFilter filter, @Nullable Set<String> namespaces, int limit) {
        return select(filter, namespaces, 0, " order by id desc", limit).reversed();
    }

    @Override
    public List<EventView> after(EventFilter filter, @Nullable Set<String> namespaces, long id, int limit) {
        return select(filter, namespaces, id, " order by id", limit);
    }

    @Override
    public long lastId() {
        return entities.createQuery("select coalesce(max(id), 0) from EventEntity", Long.class)
                .getSingleResult();
    }

    private List<EventView> select(
            EventFilter filter, @Nullable Set<String> namespaces, long after, String order, int limit) {
        TypedQuery<EventEntity> query = entities.createQuery(
                "from EventEntity where id > :after" + condition("namespace", filter.namespace())
                        + condition("deployment", filter.deployment()) + condition("node", filter.node())
                        + (namespaces == null ? "" : " and namespace in :namespaces") + order,
                EventEntity.class);
        query.setParameter("after", after);
        bind(query, "namespace", filter.namespace());
        bind(query, "deployment", filter.deployment());
        bind(query, "node", filter.node());
        if (namespaces != null) {
            query.setParameter("namespaces", namespaces);
        }
        return query.setMaxResults(limit)
                .getResultStream()
                .map(EventEntity::toView)
                .toList();
    }

    private static String condition(String column, @Nullable String wanted) {
        return wanted == null ? "" : " and " + column + " = :" + column;
    }

    private static void bind(TypedQuery<?> query, String column, @Nullable String wanted) {
        if (wanted != null) {
            query.setParameter(column, wanted);
        }
    }
}

package dev.warpgrid.server.persistence;

import dev.warpgrid.api.AuditEntry;
import dev.warpgrid.api.AuditFilter;
import dev.warpgrid.server.store.AuditStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The trail on PostgreSQL. */
@Singleton
public class SqlAuditStore implements AuditStore {
    /** Any number will do, as long as nothing else in the database takes it. */
    private static final long APPEND_LOCK = 0x57_41_52_50_41_55L;

    private static final String SELECT =
            "select id, at, actor, actor_kind, origin, action, namespace, resource, outcome, detail, before, after,"
                    + " previous_hash, hash from audit where true";

    private final Sql sql;

    @Inject
    public SqlAuditStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public AuditEntry append(Function<Link, AuditEntry> entry) {
        // Held to the commit, so that the chain has the order of the commits and no gap where one is given up.
        lock();
        Link last = sql.find(
                        "select id, hash from audit order by id desc limit 1",
                        row -> new Link(row.getLong("id"), row.getString("hash")))
                .orElseGet(this::start);
        AuditEntry added = entry.apply(last);
        sql.update(
                "insert into audit (id, at, actor, actor_kind, origin, action, namespace, resource, outcome, detail,"
                        + " before, after, previous_hash, hash)"
                        + " values (?, ?, ?, ?, ?, ?, cast(? as text), ?, ?, ?, cast(? as text), cast(? as text), ?, ?)",
                added.id(),
                added.at(),
                added.actor(),
                added.actorKind(),
                added.origin(),
                added.action(),
                added.namespace(),
                added.resource(),
                added.outcome().name(),
                added.detail(),
                added.before(),
                added.after(),
                added.previousHash(),
                added.hash());
        return added;
    }

    @Override
    public List<AuditEntry> newest(AuditFilter filter, @Nullable Set<String> namespaces, long before, int limit) {
        return select(filter, namespaces, " and id < ?", before, " order by id desc", limit);
    }

    @Override
    public List<AuditEntry> after(AuditFilter filter, @Nullable Set<String> namespaces, long id, int limit) {
        return select(filter, namespaces, " and id > ?", id, " order by id", limit);
    }

    private List<AuditEntry> select(
            AuditFilter filter, @Nullable Set<String> namespaces, String from, long id, String order, int limit) {
        StringBuilder query = new StringBuilder(SELECT).append(from);
        List<@Nullable Object> values = new ArrayList<>(List.of(id));
        if (filter.actor() != null) {
            query.append(" and actor = ?");
            values.add(filter.actor());
        }
        if (filter.action() != null) {
            query.append(" and (action = ? or starts_with(action, ?))");
            values.add(filter.action());
            values.add(filter.action() + ".");
        }
        if (filter.namespace() != null) {
            query.append(" and namespace = ?");
            values.add(filter.namespace());
        }
        if (filter.outcome() != null) {
            query.append(" and outcome = ?");
            values.add(filter.outcome().name());
        }
        if (filter.text() != null) {
            query.append(" and position(lower(?) in"
                    + " lower(concat_ws(' ', actor, resource, detail, before, after))) > 0");
            values.add(filter.text());
        }
        if (filter.since() != null) {
            query.append(" and at >= ?");
            values.add(filter.since());
        }
        if (filter.until() != null) {
            query.append(" and at < ?");
            values.add(filter.until());
        }
        if (namespaces != null) {
            query.append(" and namespace = any(?)");
            values.add(namespaces.toArray(String[]::new));
        }
        values.add(limit);
        return sql.list(query + order + " limit ?", SqlAuditStore::read, values.toArray());
    }

    @Override
    public Link start() {
        return sql.find("select id, hash from audit_start", row -> new Link(row.getLong("id"), row.getString("hash")))
                .orElseThrow();
    }

    @Override
    public long prune(Instant keepSince, long keepCount) {
        lock();
        List<Link> last = sql.list(
                "select id, hash from audit where id = greatest("
                        + "(select coalesce(max(id), 0) from audit where at < ?),"
                        + "(select coalesce(max(id), 0) from audit) - ?)",
                row -> new Link(row.getLong("id"), row.getString("hash")),
                keepSince,
                keepCount);
        if (last.isEmpty()) {
            return 0;
        }
        sql.update(
                "update audit_start set id = ?, hash = ?",
                last.getFirst().id(),
                last.getFirst().hash());
        return sql.update("delete from audit where id <= ?", last.getFirst().id());
    }

    private void lock() {
        sql.list("select cast(pg_advisory_xact_lock(?) as text)", row -> "", APPEND_LOCK);
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("actor_kind"),
                row.getString("origin"),
                row.getString("action"),
                row.getString("namespace"),
                row.getString("resource"),
                AuditEntry.Outcome.valueOf(row.getString("outcome")),
                row.getString("detail"),
                row.getString("before"),
                row.getString("after"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }
}

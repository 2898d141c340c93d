package dev.warpgrid.server.persistence;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.QuotaStore;
import dev.warpgrid.server.store.StoredQuota;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Quotas on PostgreSQL. */
@Singleton
public class SqlQuotaStore implements QuotaStore {
    private static final String SELECT = "select quota_memory_bytes, quota_instances, quota_deployments,"
            + " quota_artifact_bytes from namespace where name = ?";

    private static final String SUM = "select coalesce(sum(r.instances * r.memory_bytes), 0) as memory_bytes,"
            + " coalesce(sum(r.instances), 0) as instances, count(*) as deployments"
            + " from deployment d join revision r on r.deployment = d.uid and r.number = d.revision"
            + " where d.namespace = ? and ";

    private final Sql sql;

    @Inject
    public SqlQuotaStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Optional<StoredQuota> find(String namespace) {
        return sql.find(SELECT, SqlQuotaStore::read, namespace);
    }

    @Override
    public Optional<StoredQuota> lock(String namespace) {
        return sql.find(SELECT + " for no key update", SqlQuotaStore::read, namespace);
    }

    @Override
    public void set(String namespace, StoredQuota quota) {
        sql.update(
                "update namespace set quota_memory_bytes = cast(? as bigint), quota_instances = cast(? as bigint),"
                        + " quota_deployments = cast(? as bigint), quota_artifact_bytes = cast(? as bigint)"
                        + " where name = ?",
                quota.memoryBytes(),
                quota.instances(),
                quota.deployments(),
                quota.artifactBytes(),
                namespace);
    }

    @Override
    public Asked asked(String namespace, @Nullable DeploymentId except) {
        return sum("d.name is distinct from cast(? as text)", namespace, except == null ? null : except.name());
    }

    @Override
    public Asked askedBy(DeploymentId deployment) {
        return sum("d.name = ?", deployment.namespace(), deployment.name());
    }

    private Asked sum(String which, String namespace, @Nullable String name) {
        return sql.find(
                        SUM + which,
                        row -> new Asked(
                                row.getLong("memory_bytes"), row.getLong("instances"), row.getLong("deployments")),
                        namespace,
                        name)
                .orElseThrow();
    }

    @Override
    public long artifactBytes(String namespace) {
        return sql.find(
                        "select coalesce(sum(size_bytes), 0) from artifact where namespace = ?",
                        row -> row.getLong(1),
                        namespace)
                .orElse(0L);
    }

    private static StoredQuota read(ResultSet row) throws SQLException {
        return new StoredQuota(number(row, 1), number(row, 2), number(row, 3), number(row, 4));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}

package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.LeaseStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Leases on PostgreSQL. */
@Singleton
public class SqlLeaseStore implements LeaseStore {
    private final Sql sql;

    @Inject
    public SqlLeaseStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public OptionalLong acquire(String name, String holder, Duration validFor) {
        Optional<Long> fence = sql.find(
                "insert into lease as held (name, holder, fence, expires_at)"
                        + " values (?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')"
                        + " on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at,"
                        + " fence = case when held.holder = excluded.holder and held.expires_at > clock_timestamp()"
                        + " then held.fence else held.fence + 1 end"
                        + " where held.holder = excluded.holder or held.expires_at <= clock_timestamp()"
                        + " returning fence",
                row -> row.getLong(1),
                name,
                holder,
                validFor.toMillis());
        return fence.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean lock(String name, long fence) {
        return sql.find(
                        "select fence from lease where name = ? and fence = ? for share",
                        row -> row.getLong(1),
                        name,
                        fence)
                .isPresent();
    }

    @Override
    public void release(String name, String holder) {
        sql.update("update lease set expires_at = clock_timestamp() where name = ? and holder = ?", name, holder);
    }
}

package dev.warpgrid.server.persistence;

import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.store.JoinTokenStore;
import dev.warpgrid.server.store.StoredJoinToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** Join tokens on PostgreSQL. */
@Singleton
public class SqlJoinTokenStore implements JoinTokenStore {
    private final Sql sql;

    @Inject
    public SqlJoinTokenStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public void insert(StoredJoinToken token) {
        sql.update(
                "insert into join_token (id, secret, authority, created_at, created_by, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                token.id(),
                token.secretHash(),
                token.authority(),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt());
    }

    @Override
    public Optional<StoredJoinToken> find(String id) {
        return sql.find(
                "select id, secret, authority, created_at, created_by, expires_at, used_at from join_token where id = ?",
                row -> new StoredJoinToken(
                        row.getString("id"),
                        row.getBytes("secret"),
                        row.getString("authority"),
                        Sql.instant(row, "created_at"),
                        row.getString("created_by"),
                        Sql.instant(row, "expires_at"),
                        Sql.instantOrNull(row, "used_at")),
                id);
    }

    @Override
    public boolean use(String id, NodeId by, Instant at) {
        return sql.update(
                        "update join_token set used_at = ?, used_by = ?"
                                + " where id = ? and used_at is null and expires_at > ?",
                        at,
                        by.value(),
                        id,
                        at)
                == 1;
    }

    @Override
    public void forgetExpired(Instant before) {
        sql.update("delete from join_token where expires_at < ?", before);
    }
}

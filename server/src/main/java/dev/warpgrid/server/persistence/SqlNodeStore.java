package dev.warpgrid.server.persistence;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.FactMapping;
import dev.warpgrid.server.store.NodeStore;
import dev.warpgrid.server.store.StoredNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Nodes on PostgreSQL. */
@Singleton
public class SqlNodeStore implements NodeStore {
    private static final String COLUMNS = "id, joined_at, protocol_version, description";

    private final Sql sql;

    @Inject
    public SqlNodeStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public List<StoredNode> all() {
        return sql.list("select " + COLUMNS + " from node where deleted_at is null order by id", SqlNodeStore::read);
    }

    @Override
    public Optional<StoredNode> find(NodeId id) {
        return sql.find(
                "select " + COLUMNS + " from node where deleted_at is null and id = ?", SqlNodeStore::read, id.value());
    }

    @Override
    public boolean insert(NodeId id, String certificateSerial, int protocolVersion, Instant joinedAt) {
        return sql.update(
                        "insert into node (id, joined_at, certificate_serial, protocol_version, memory_bytes)"
                                + " values (?, ?, ?, ?, 0) on conflict (id) do nothing",
                        id.value(),
                        joinedAt,
                        certificateSerial,
                        protocolVersion)
                == 1;
    }

    @Override
    public void describe(NodeDescription description) {
        sql.update(
                "update node set description = ?, memory_bytes = ?, protocol_version = ? where id = ?",
                FactMapping.toMessage(description).toByteArray(),
                description.memoryBytes(),
                description.protocolVersion(),
                description.node().value());
    }

    @Override
    public void renewed(NodeId id, String certificateSerial) {
        sql.update("update node set certificate_serial = ? where id = ?", certificateSerial, id.value());
    }

    @Override
    public void delete(NodeId id, Instant at) {
        sql.update("delete from placement where node = ?", id.value());
        sql.update("delete from desired_state where node = ?", id.value());
        sql.update("update node set deleted_at = ? where id = ? and deleted_at is null", at, id.value());
    }

    private static StoredNode read(ResultSet row) throws SQLException {
        NodeId id = new NodeId(row.getString("id"));
        return new StoredNode(
                id,
                Sql.instant(row, "joined_at"),
                description(id, row.getInt("protocol_version"), row.getBytes("description")));
    }

    private static @Nullable NodeDescription description(NodeId id, int protocolVersion, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return FactMapping.fromMessage(
                    id, protocolVersion, dev.warpgrid.protocol.v1.NodeDescription.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new DatabaseException("The description of node " + id + " is no message.", e);
        }
    }
}

package dev.warpgrid.server.persistence;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.server.store.PlacementStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Placements and desired states on PostgreSQL. */
@Singleton
public class SqlPlacementStore implements PlacementStore {
    private final Sql sql;

    @Inject
    public SqlPlacementStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public List<Placement> all() {
        return sql.list("select * from placement order by instance", SqlPlacementStore::read);
    }

    @Override
    public SortedMap<NodeId, DesiredState> desiredStates() {
        SortedMap<NodeId, DesiredState> states = new TreeMap<>();
        sql.list(
                "select node, state from desired_state",
                row -> states.put(new NodeId(row.getString("node")), state(row.getBytes("state"))));
        return states;
    }

    @Override
    public Optional<DesiredState> desiredState(NodeId node) {
        return sql.find("select state from desired_state where node = ?", row -> state(row.getBytes(1)), node.value());
    }

    @Override
    public CommitView lockForCommit(SortedSet<DeploymentId> deployments) {
        SortedMap<DeploymentId, Long> versions = new TreeMap<>();
        for (DeploymentId deployment : deployments) {
            sql.find(
                            "select version from deployment where namespace = ? and name = ? for share",
                            row -> row.getLong(1),
                            deployment.namespace(),
                            deployment.name())
                    .ifPresent(version -> versions.put(deployment, version));
        }
        SortedMap<NodeId, Long> nodes = new TreeMap<>();
        sql.list(
                "select id, memory_bytes from node where deleted_at is null order by id for share",
                row -> nodes.put(new NodeId(row.getString(1)), row.getLong(2)));
        SortedMap<InstanceId, CommitView.Reserved> placements = new TreeMap<>();
        for (Placement placement : all()) {
            placements.put(placement.instance(), new CommitView.Reserved(placement.node(), placement.reservedBytes()));
        }
        return new CommitView(versions, nodes, placements);
    }

    @Override
    public void insert(Placement placement) {
        sql.update(
                "insert into placement"
                        + " (instance, namespace, deployment, revision, restart_epoch, node, reserved_bytes, placed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                placement.instance().value(),
                placement.revision().deployment().namespace(),
                placement.revision().deployment().name(),
                placement.revision().number(),
                placement.restartEpoch(),
                placement.node().value(),
                placement.reservedBytes(),
                placement.placedAt());
    }

    @Override
    public void delete(InstanceId instance) {
        sql.update("delete from placement where instance = ?", instance.value());
    }

    @Override
    public void save(NodeId node, DesiredState state, Instant at) {
        int written = sql.update(
                "insert into desired_state as old (node, generation, state, committed_at) values (?, ?, ?, ?)"
                        + " on conflict (node) do update set generation = excluded.generation, state = excluded.state,"
                        + " committed_at = excluded.committed_at where old.generation < excluded.generation",
                node.value(),
                state.generation(),
                StateMapping.toMessage(state).toByteArray(),
                at);
        if (written != 1) {
            throw new IllegalStateException("Generation " + state.generation() + " of node " + node
                    + " would go back: another controller has written meanwhile.");
        }
    }

    private static Placement read(ResultSet row) throws SQLException {
        return new Placement(
                new InstanceId(row.getString("instance")),
                new RevisionId(
                        new DeploymentId(row.getString("namespace"), row.getString("deployment")),
                        row.getInt("revision")),
                row.getLong("restart_epoch"),
                new NodeId(row.getString("node")),
                row.getLong("reserved_bytes"),
                Sql.instant(row, "placed_at"));
    }

    private static DesiredState state(byte[] bytes) {
        try {
            return StateMapping.fromMessage(dev.warpgrid.protocol.v1.DesiredState.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new DatabaseException("A stored desired state is no message.", e);
        }
    }
}

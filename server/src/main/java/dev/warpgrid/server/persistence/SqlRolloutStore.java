package dev.warpgrid.server.persistence;

import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.RolloutStore;
import dev.warpgrid.server.store.StoredRollout;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Rollouts on PostgreSQL. */
@Singleton
public class SqlRolloutStore implements RolloutStore {
    private static final String SELECT =
            "select d.namespace, d.name, r.* from rollout r join deployment d on r.deployment = d.uid";
    private static final String OF_ONE = SELECT + " where d.namespace = ? and d.name = ?";
    private static final String UID = "(select uid from deployment where namespace = ? and name = ?)";

    private final Sql sql;

    @Inject
    public SqlRolloutStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public SortedMap<DeploymentId, StoredRollout> newest() {
        SortedMap<DeploymentId, StoredRollout> newest = new TreeMap<>();
        sql.list(SELECT + " where r.newest", row -> newest.put(id(row), read(row)));
        return newest;
    }

    @Override
    public Optional<StoredRollout> newest(DeploymentId deployment) {
        return sql.find(OF_ONE + " and r.newest", SqlRolloutStore::read, deployment.namespace(), deployment.name());
    }

    @Override
    public Optional<StoredRollout> lock(DeploymentId deployment) {
        return sql.find(
                OF_ONE + " and r.newest for update of r",
                SqlRolloutStore::read,
                deployment.namespace(),
                deployment.name());
    }

    @Override
    public List<StoredRollout> history(DeploymentId deployment, int limit) {
        return sql.list(
                OF_ONE + " order by r.number desc limit ?",
                SqlRolloutStore::read,
                deployment.namespace(),
                deployment.name(),
                limit);
    }

    @Override
    public void save(DeploymentId deployment, RolloutState state) {
        RevisionId baseline = state.baseline();
        int updated = sql.update(
                "update rollout set phase = ?, step = ?, released = ?, paused_seen = ?, promoted = ?, phase_at = ?,"
                        + " progress_at = ?, steady_since = ?, ended_at = ?, sentence = ?, cause = ?"
                        + " where deployment = " + UID + " and number = ?",
                state.phase().name(),
                state.step(),
                state.released(),
                state.paused(),
                state.promotions(),
                state.phaseAt(),
                state.progressAt(),
                state.steadySince(),
                state.endedAt(),
                state.sentence(),
                state.cause(),
                deployment.namespace(),
                deployment.name(),
                state.number());
        if (updated > 0) {
            return;
        }
        sql.update(
                "update rollout set newest = false where newest and deployment = " + UID,
                deployment.namespace(),
                deployment.name());
        sql.update(
                "insert into rollout (deployment, number, target, baseline, phase, step, released, paused_seen,"
                        + " promoted, started_at, phase_at, progress_at, steady_since, ended_at, sentence, cause, newest)"
                        + " values (" + UID + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)",
                deployment.namespace(),
                deployment.name(),
                state.number(),
                state.target().number(),
                baseline == null ? null : baseline.number(),
                state.phase().name(),
                state.step(),
                state.released(),
                state.paused(),
                state.promotions(),
                state.startedAt(),
                state.phaseAt(),
                state.progressAt(),
                state.steadySince(),
                state.endedAt(),
                state.sentence(),
                state.cause());
        sql.update(
                "delete from rollout where deployment = " + UID + " and number <= ?",
                deployment.namespace(),
                deployment.name(),
                state.number() - MAXIMUM_KEPT);
    }

    @Override
    public void command(DeploymentId deployment, long number, RolloutCommands commands) {
        sql.update(
                "update rollout set paused = ?, promotions = ?, promote_all = ?, aborted_by = ?, retried = ?"
                        + " where deployment = " + UID + " and number = ?",
                commands.paused(),
                commands.promotions(),
                commands.promotedWholly(),
                commands.abortedBy(),
                commands.retried(),
                deployment.namespace(),
                deployment.name(),
                number);
    }

    private static DeploymentId id(ResultSet row) throws SQLException {
        return new DeploymentId(row.getString("namespace"), row.getString("name"));
    }

    private static StoredRollout read(ResultSet row) throws SQLException {
        DeploymentId id = id(row);
        int baseline = row.getInt("baseline");
        RevisionId former = row.wasNull() ? null : new RevisionId(id, baseline);
        RolloutState state = new RolloutState(
                row.getLong("number"),
                new RevisionId(id, row.getInt("target")),
                former,
                RolloutPhase.valueOf(row.getString("phase")),
                row.getInt("step"),
                row.getInt("released"),
                row.getBoolean("paused_seen"),
                row.getInt("promoted"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "phase_at"),
                Sql.instant(row, "progress_at"),
                Sql.instantOrNull(row, "steady_since"),
                Sql.instantOrNull(row, "ended_at"),
                row.getString("sentence"),
                row.getString("cause"));
        RolloutCommands commands = new RolloutCommands(
                row.getBoolean("paused"),
                row.getInt("promotions"),
                row.getBoolean("promote_all"),
                row.getString("aborted_by"),
                row.getBoolean("retried"));
        return new StoredRollout(state, commands);
    }
}

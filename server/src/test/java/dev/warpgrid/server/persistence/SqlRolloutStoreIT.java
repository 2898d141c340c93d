package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.RolloutStore;
import dev.warpgrid.server.store.StoredRollout;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlRolloutStoreIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static @Nullable TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static MigratedDatabase database() {
        if (postgres == null) {
            throw new AssertionError("PostgreSQL did not start");
        }
        MigratedDatabase database = new MigratedDatabase(postgres);
        database.execute("insert into namespace values ('default', now(), 'test') on conflict do nothing");
        database.execute(
                "insert into deployment (uid, namespace, name, version, generation, revision, restarts, labels,"
                        + " annotations, created_at, created_by, changed_at) values ('" + UUID.randomUUID()
                        + "', 'default', 'web', 1, 1, 1, 0, '{}', '{}', now(), 'test', now())");
        return database;
    }

    private static RolloutState state(long number, RolloutPhase phase, String sentence) {
        return new RolloutState(
                number,
                new RevisionId(WEB, (int) number + 1),
                number == 1 ? null : new RevisionId(WEB, (int) number),
                phase,
                2,
                3,
                true,
                4,
                NOW,
                NOW.plusSeconds(1),
                NOW.plusSeconds(2),
                phase.isFinal() ? null : NOW.plusSeconds(3),
                phase.isFinal() ? NOW.plusSeconds(4) : null,
                sentence,
                "Because.");
    }

    @Test
    void keepsEachRolloutWholeAndTellsTheNewest() {
        RolloutStore rollouts = new SqlRolloutStore(database());
        assertThat(rollouts.newest(WEB)).isEmpty();
        RolloutState first = state(1, RolloutPhase.ROLLING, "It begins.");
        rollouts.save(WEB, first);
        assertThat(rollouts.newest(WEB)).contains(new StoredRollout(first, RolloutCommands.none()));
        RolloutState ended = state(1, RolloutPhase.SUPERSEDED, "It was overtaken.");
        RolloutState second = state(2, RolloutPhase.CANARY, "It goes on.");
        rollouts.save(WEB, ended);
        rollouts.save(WEB, second);
        assertThat(rollouts.newest()).containsOnlyKeys(WEB);
        assertThat(rollouts.newest().get(WEB)).isEqualTo(new StoredRollout(second, RolloutCommands.none()));
        assertThat(rollouts.history(WEB, 10)).extracting(StoredRollout::state).containsExactly(second, ended);
        assertThat(rollouts.history(WEB, 1)).hasSize(1);
    }

    @Test
    void commandsAndStateDoNotOverwriteEachOther() {
        RolloutStore rollouts = new SqlRolloutStore(database());
        rollouts.save(WEB, state(1, RolloutPhase.CANARY, "Step 1."));
        RolloutCommands commands = new RolloutCommands(true, 2, true, "ada", true);
        rollouts.command(WEB, 1, commands);
        RolloutState later = state(1, RolloutPhase.ROLLING_BACK, "It goes back.");
        rollouts.save(WEB, later);
        assertThat(rollouts.lock(WEB)).contains(new StoredRollout(later, commands));
        rollouts.save(WEB, state(2, RolloutPhase.ROLLING, "Another."));
        assertThat(rollouts.newest(WEB).orElseThrow().commands()).isEqualTo(RolloutCommands.none());
    }

    @Test
    void keepsTheLastOnesOnlyAndNothingOfADeletedDeployment() {
        MigratedDatabase database = database();
        RolloutStore rollouts = new SqlRolloutStore(database);
        for (int number = 1; number <= RolloutStore.MAXIMUM_KEPT + 3; number++) {
            rollouts.save(WEB, state(number, RolloutPhase.COMPLETED, "Done."));
        }
        assertThat(rollouts.history(WEB, 1000)).hasSize(RolloutStore.MAXIMUM_KEPT);
        database.execute("delete from deployment");
        assertThat(rollouts.newest()).isEmpty();
    }
}

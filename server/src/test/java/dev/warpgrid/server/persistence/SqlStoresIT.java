package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.StoredJoinToken;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlStoresIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static final NodeId N1 = new NodeId("n1");
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
        return new MigratedDatabase(postgres);
    }

    private static NodeDescription description(long memoryBytes) {
        return new NodeDescription(
                N1,
                "1",
                1,
                new EngineFacts("None", "1", false),
                2,
                memoryBytes,
                new TreeMap<>(),
                List.of("wasi:http/types@0.2.12"),
                "http://localhost:8080");
    }

    private static Placement placement(String id) {
        return new Placement(new InstanceId(id), new RevisionId(WEB, 3), 2, N1, 100, NOW);
    }

    @Test
    void nodesAreKeptWithWhatTheyToldAndNeverAgainOnceDeleted() {
        SqlNodeStore nodes = new SqlNodeStore(database());
        assertThat(nodes.insert(N1, "1f", 1, NOW)).isTrue();
        assertThat(nodes.insert(N1, "2f", 1, NOW)).isFalse();
        nodes.describe(description(500));
        assertThat(nodes.all()).singleElement().satisfies(node -> {
            assertThat(node.joinedAt()).isEqualTo(NOW);
            assertThat(node.description()).isEqualTo(description(500));
            assertThat(node.memoryBytes()).isEqualTo(500);
        });
        nodes.delete(N1, NOW);
        assertThat(nodes.find(N1)).isEmpty();
        assertThat(nodes.all()).isEmpty();
        assertThat(nodes.insert(N1, "3f", 1, NOW)).isFalse();
    }

    @Test
    void aJoinTokenIsUsedByExactlyOneOfMany() throws Exception {
        SqlJoinTokenStore tokens = new SqlJoinTokenStore(database());
        tokens.insert(new StoredJoinToken("t", new byte[] {1, 2}, "ca", NOW, "test", NOW.plusSeconds(60), null));
        assertThat(tokens.find("t"))
                .hasValueSatisfying(token -> assertThat(token.secretHash()).containsExactly(1, 2));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> attempts = java.util.stream.IntStream.range(0, 16)
                    .mapToObj(i -> executor.submit(() -> tokens.use("t", new NodeId("n" + i), NOW)))
                    .toList();
            int used = 0;
            for (Future<Boolean> attempt : attempts) {
                used += attempt.get() ? 1 : 0;
            }
            assertThat(used).isOne();
        }
        assertThat(tokens.find("t").orElseThrow().usedAt()).isEqualTo(NOW);
        tokens.insert(new StoredJoinToken("old", new byte[] {1}, "ca", NOW, "test", NOW.plusSeconds(1), null));
        assertThat(tokens.use("old", N1, NOW.plusSeconds(1))).isFalse();
        tokens.forgetExpired(NOW.plusSeconds(2));
        assertThat(tokens.find("old")).isEmpty();
        assertThat(tokens.find("t")).isPresent();
    }

    @Test
    void placementsAndDesiredStatesReadBackAsWritten() {
        MigratedDatabase database = database();
        new SqlNodeStore(database).insert(N1, "1", 1, NOW);
        SqlPlacementStore placements = new SqlPlacementStore(database);
        placements.insert(placement("a"));
        placements.insert(placement("b"));
        assertThat(placements.all()).containsExactly(placement("a"), placement("b"));
        assertThatThrownBy(() -> placements.insert(placement("a"))).isInstanceOf(DatabaseException.class);
        placements.delete(new InstanceId("a"));
        assertThat(placements.all()).containsExactly(placement("b"));
        DesiredState state = new DesiredState(
                4, List.of(), List.of(new Assignment(new InstanceId("b"), new RevisionId(WEB, 3))), List.of());
        placements.save(N1, state, NOW);
        assertThat(placements.desiredState(N1)).contains(state);
        assertThat(placements.desiredStates()).containsEntry(N1, state);
    }

    @Test
    void aGenerationNeverGoesBack() {
        MigratedDatabase database = database();
        new SqlNodeStore(database).insert(N1, "1", 1, NOW);
        SqlPlacementStore placements = new SqlPlacementStore(database);
        placements.save(N1, new DesiredState(4, List.of(), List.of(), List.of()), NOW);
        for (long generation : new long[] {3, 4}) {
            assertThatThrownBy(() ->
                            placements.save(N1, new DesiredState(generation, List.of(), List.of(), List.of()), NOW))
                    .hasMessageContaining("would go back");
        }
        assertThat(placements.desiredState(N1).orElseThrow().generation()).isEqualTo(4);
    }

    @Test
    void aCommitSeesVersionsCapacityAndPlacements() {
        MigratedDatabase database = database();
        SqlNodeStore nodes = new SqlNodeStore(database);
        nodes.insert(N1, "1", 1, NOW);
        nodes.describe(description(500));
        nodes.insert(new NodeId("gone"), "2", 1, NOW);
        nodes.delete(new NodeId("gone"), NOW);
        SqlPlacementStore placements = new SqlPlacementStore(database);
        placements.insert(placement("a"));
        database.execute("insert into namespace values ('default', now(), 'test') on conflict do nothing");
        database.execute(
                "insert into deployment (uid, namespace, name, version, generation, revision, restarts, labels,"
                        + " annotations, created_at, created_by, changed_at) values (gen_random_uuid(), 'default', 'web', 7, 1, 3,"
                        + " 0, '{}', '{}', now(), 'test', now())");
        TreeSet<DeploymentId> wanted = new TreeSet<>(List.of(WEB, new DeploymentId("default", "other")));
        CommitView view = database.inTransaction(() -> placements.lockForCommit(wanted));
        assertThat(view.deploymentVersions()).hasSize(1).containsEntry(WEB, 7L);
        assertThat(view.nodeMemoryBytes()).hasSize(1).containsEntry(N1, 500L);
        assertThat(view.placements()).hasSize(1).containsEntry(new InstanceId("a"), new CommitView.Reserved(N1, 100));
    }

    @Test
    void aLeaseHasOneHolderAndAGrowingFence() {
        MigratedDatabase database = database();
        SqlLeaseStore leases = new SqlLeaseStore(database);
        Duration minute = Duration.ofMinutes(1);
        OptionalLong first = leases.acquire("control", "a", minute);
        assertThat(first).hasValue(1);
        assertThat(leases.acquire("control", "b", minute)).isEmpty();
        assertThat(leases.acquire("control", "a", minute)).isEqualTo(first);
        assertThat(leases.lock("control", 1)).isTrue();
        leases.release("control", "b");
        assertThat(leases.acquire("control", "b", minute)).isEmpty();
        leases.release("control", "a");
        assertThat(leases.acquire("control", "b", minute)).hasValue(2);
        assertThat(leases.lock("control", 1)).isFalse();
        database.execute("update lease set expires_at = now() - interval '1 second'");
        assertThat(leases.acquire("control", "b", minute)).hasValue(3);
    }
}

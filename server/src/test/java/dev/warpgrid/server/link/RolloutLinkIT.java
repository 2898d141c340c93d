package dev.warpgrid.server.link;

import static dev.warpgrid.server.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.rollout.Strategy;
import dev.warpgrid.model.Assignment;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RouteTarget;
import dev.warpgrid.protocol.v1.InstanceState;
import dev.warpgrid.server.persistence.SqlRolloutStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts by the real controller on a real PostgreSQL, with an agent without guests. */
@NullUnmarked // an unexpected null fails the test by itself
class RolloutLinkIT {
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static TestPostgres postgres;

    @TempDir
    private Path home;

    private MigratedDatabase database;
    private LinkFixture grid;
    private FakeAgent agent;

    @BeforeAll
    static void startPostgres() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() {
        database = new MigratedDatabase(postgres);
        grid = new LinkFixture(database, home);
        agent = grid.join("alpha").connect();
        eventually(
                () -> assertThat(grid.facts.isConnected(new NodeId(agent.node))).isTrue());
    }

    @AfterEach
    void stop() {
        agent.close();
        grid.close();
    }

    private static RolloutPolicy canary(int weight) {
        return new RolloutPolicy(
                new Strategy.Canary(List.of(new Strategy.Step(weight, null))), Gates.none(), Duration.ofMinutes(5));
    }

    private StoredDeployment deploy(int revision, int instances, RolloutPolicy policy) {
        return grid.intent.deploy("web", revision, instances, "v" + revision, policy);
    }

    private void awaitReady(StoredDeployment web) {
        eventually(() -> assertThat(grid.observations.status(web).state()).isEqualTo(DeploymentStatus.State.READY));
    }

    private RolloutState rollout() {
        return new SqlRolloutStore(database).newest(WEB).orElseThrow().state();
    }

    private void command(RolloutCommands commands) {
        new SqlRolloutStore(database).command(WEB, rollout().number(), commands);
    }

    private List<Integer> weights() {
        return agent.received.getLast().routes().getFirst().targets().stream()
                .map(RouteTarget::weight)
                .toList();
    }

    private List<Integer> revisions() {
        return agent.received.getLast().assignments().stream()
                .map(assignment -> assignment.revision().number())
                .sorted()
                .toList();
    }

    private void awaitCanary(int step) {
        eventually(() -> {
            assertThat(rollout().phase()).isEqualTo(RolloutPhase.CANARY);
            assertThat(rollout().step()).isEqualTo(step);
            assertThat(rollout().steadySince()).isNotNull();
        });
    }

    @Test
    void aCanaryReachesTheAgentWithItsWeightAndTakesOverWhenPromoted() {
        awaitReady(deploy(1, 2, canary(30)));
        StoredDeployment web = deploy(2, 2, canary(30));
        awaitCanary(0);
        assertThat(weights()).containsExactly(70, 30);
        assertThat(revisions()).containsExactly(1, 1, 2);
        DeploymentStatus status = grid.observations.status(web);
        assertThat(status.state()).isEqualTo(DeploymentStatus.State.PROGRESSING);
        assertThat(status.sentence()).contains("gets 30 % of the requests");
        command(new RolloutCommands(false, 1, false, "", false));
        awaitReady(web);
        assertThat(rollout().phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(revisions()).containsExactly(2, 2);
        assertThat(weights()).containsExactly(100);
        eventually(() -> assertThat(grid.events)
                .extracting(NewEvent::reason)
                .contains("RolloutStarted", "RolloutStepped", "RolloutCompleted"));
    }

    @Test
    void aCanaryThatCrashesGoesByItselfAndTheReasonStays() {
        awaitReady(deploy(1, 2, canary(30)));
        StoredDeployment web = deploy(2, 2, canary(30));
        awaitCanary(0);
        Assignment canary = agent.received.getLast().assignments().stream()
                .filter(assignment -> assignment.revision().number() == 2)
                .findFirst()
                .orElseThrow();
        agent.report(
                canary.instance().value(),
                canary.revision().toString(),
                InstanceState.INSTANCE_STATE_BACKING_OFF,
                "It trapped.",
                3);
        eventually(() -> assertThat(rollout().phase()).isEqualTo(RolloutPhase.ROLLED_BACK));
        assertThat(revisions()).containsExactly(1, 1);
        eventually(() -> {
            DeploymentStatus status = grid.observations.status(web);
            assertThat(status.state()).isEqualTo(DeploymentStatus.State.DEGRADED);
            assertThat(status.sentence()).contains("crashed again and again: It trapped.");
        });
        eventually(() ->
                assertThat(grid.events).extracting(NewEvent::reason).contains("RolloutFailed", "RolloutRolledBack"));
    }

    @Test
    void goingBackToWhatStillServesStartsNothingAnew() {
        awaitReady(deploy(1, 2, canary(30)));
        List<Assignment> before = agent.received.getLast().assignments();
        deploy(2, 2, canary(30));
        awaitCanary(0);
        StoredDeployment back = grid.intent.deploy("web", 3, 2, "v1");
        awaitReady(back);
        assertThat(agent.received.getLast().assignments()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(rollout().target().number()).isOne();
    }

    @Test
    void anotherServerGoesOnWithARolloutWhereTheFirstLeftIt() {
        awaitReady(deploy(1, 2, canary(30)));
        StoredDeployment web = deploy(2, 2, canary(30));
        awaitCanary(0);
        RolloutState before = rollout();
        List<Assignment> assigned = agent.received.getLast().assignments();
        agent.vanish();
        grid.close();
        grid = new LinkFixture(database, home, grid.intent);
        FakeAgent same =
                new FakeAgent(grid.port.port(), grid.identity.authority().certificate());
        same.keys = agent.keys;
        same.chainPem = agent.chainPem;
        same.node = agent.node;
        same.running.putAll(agent.running);
        same.received.addAll(agent.received);
        agent = same;
        eventually(() -> {
            same.connect();
            eventually(
                    () -> assertThat(same.ended != null || same.welcome != null).isTrue());
            assertThat(same.welcome).isNotNull();
        });
        awaitCanary(0);
        assertThat(rollout().number()).isEqualTo(before.number());
        assertThat(rollout().startedAt()).isEqualTo(before.startedAt());
        assertThat(agent.received.getLast().assignments()).isEqualTo(assigned);
        command(new RolloutCommands(false, 1, false, "", false));
        awaitReady(web);
        assertThat(revisions()).containsExactly(2, 2);
    }
}

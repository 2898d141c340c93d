package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.rollout.Amount;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutDecider;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.rollout.Strategy;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Route;
import dev.warpgrid.model.RouteTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Random rollouts under random mishaps and commands. A failure names its seed. */
class RolloutPropertyTest {
    private static final int CASES = 150;
    private static final int STEPS = 120;
    private static final String WEB = "web";

    private static void forEachSeed(Consumer<Random> property) {
        for (long seed = 1; seed <= CASES; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static Strategy strategy(Random random) {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Strategy.Rolling(
                        new Amount(1 + random.nextInt(2), false),
                        new Amount(0, false),
                        Duration.ofSeconds(random.nextInt(3)));
            case 1 -> {
                List<Strategy.Step> steps = new ArrayList<>();
                for (int weight = random.nextInt(30); weight <= 100; weight += 1 + random.nextInt(50)) {
                    steps.add(new Strategy.Step(weight, Duration.ofSeconds(random.nextInt(4))));
                }
                yield new Strategy.Canary(steps);
            }
            default -> new Strategy.BlueGreen(true, Duration.ofSeconds(random.nextInt(6)));
        };
    }

    private static GridFixture served(Random random, int instances) {
        GridFixture grid = new GridFixture();
        int nodes = 1 + random.nextInt(3);
        for (int i = 0; i < nodes; i++) {
            grid.node("n" + i);
        }
        Gates gates = random.nextBoolean() ? Gates.none() : new Gates(10.0, null, 10);
        grid.deploy(WEB, 1, instances);
        grid.rollsOutBy(WEB, new RolloutPolicy(strategy(random), gates, Duration.ofSeconds(40)));
        grid.settle();
        return grid;
    }

    private static void command(GridFixture grid, Random random) {
        RolloutCommands before = grid.rollouts.get(GridFixture.id(WEB)).commands();
        switch (random.nextInt(12)) {
            case 0 ->
                grid.command(
                        WEB,
                        new RolloutCommands(
                                !before.paused(),
                                before.promotions(),
                                before.promotedWholly(),
                                before.abortedBy(),
                                false));
            case 1 ->
                grid.command(
                        WEB,
                        new RolloutCommands(
                                before.paused(),
                                before.promotions() + 1,
                                random.nextBoolean(),
                                before.abortedBy(),
                                false));
            case 2 -> {
                if (random.nextInt(4) == 0) {
                    grid.command(WEB, new RolloutCommands(before.paused(), before.promotions(), false, "ada", false));
                }
            }
            default -> {}
        }
    }

    private static void newRevision(GridFixture grid, Random random, int number, int instances) {
        grid.rollsOutBy(
                WEB,
                new RolloutPolicy(
                        strategy(random),
                        grid.rollouts.get(GridFixture.id(WEB)).policy().gates(),
                        Duration.ofSeconds(40)));
        grid.deploy(WEB, number, instances);
    }

    private static List<RouteTarget> targets(GridFixture grid) {
        List<RouteTarget> targets = new ArrayList<>();
        grid.nodes.values().forEach(node -> {
            for (Route route : node.desired.routes()) {
                targets.addAll(route.targets());
            }
        });
        return targets;
    }

    @Test
    void neverFallsBelowTheCountWhateverIsAskedMeanwhile() {
        forEachSeed(random -> {
            int instances = 1 + random.nextInt(5);
            GridFixture grid = served(random, instances);
            int number = 1;
            for (int i = 0; i < STEPS; i++) {
                if (i % 40 == 0) {
                    newRevision(grid, random, ++number, instances);
                }
                command(grid, random);
                grid.step();
                assertThat(grid.ready(WEB)).isGreaterThanOrEqualTo(instances);
                if (random.nextBoolean()) {
                    grid.startAll();
                }
            }
        });
    }

    @Test
    void eachNodeThatServedGoesOnServingARunningRevision() {
        forEachSeed(random -> {
            int instances = 1 + random.nextInt(5);
            GridFixture grid = served(random, instances);
            newRevision(grid, random, 2, instances);
            for (int i = 0; i < STEPS; i++) {
                command(grid, random);
                grid.step();
                grid.nodes.forEach((id, node) -> {
                    // Where nothing runs yet, requests wait for what starts.
                    if (grid.placements.values().stream()
                            .noneMatch(placement -> placement.node().equals(id)
                                    && grid.observations.containsKey(placement.instance()))) {
                        return;
                    }
                    for (Route route : node.desired.routes()) {
                        for (RouteTarget target : route.targets()) {
                            assertThat(grid.placements.values())
                                    .as("a running instance of " + target + " on " + id)
                                    .anyMatch(placement -> placement.node().equals(id)
                                            && placement.revision().equals(target.revision())
                                            && grid.observations.containsKey(placement.instance()));
                        }
                    }
                });
                if (random.nextBoolean()) {
                    grid.startAll();
                }
            }
        });
    }

    @Test
    void weightsAreExactAtEachStepAndAtZeroAndAHundred() {
        forEachSeed(random -> {
            int instances = 1 + random.nextInt(5);
            GridFixture grid = served(random, instances);
            newRevision(grid, random, 2, instances);
            RevisionId target = new RevisionId(GridFixture.id(WEB), 2);
            for (int i = 0; i < STEPS; i++) {
                command(grid, random);
                grid.step();
                RolloutState state = grid.rollout(WEB);
                List<Integer> weights = targets(grid).stream()
                        .filter(one -> one.revision().equals(target))
                        .map(RouteTarget::weight)
                        .toList();
                switch (state.phase()) {
                    case PREPARING -> assertThat(weights).isEmpty();
                    case SWITCHED ->
                        assertThat(targets(grid)).allMatch(one -> one.revision().equals(target));
                    case CANARY -> {
                        Strategy.Canary canary = (Strategy.Canary)
                                grid.rollouts.get(GridFixture.id(WEB)).policy().strategy();
                        int weight = canary.steps().get(state.step()).weight();
                        assertThat(weights).allMatch(one -> one == weight);
                        if (weight == 0) {
                            assertThat(weights).isEmpty();
                        }
                    }
                    case ROLLING_BACK -> {
                        if (state.released() == 0) {
                            assertThat(weights).isEmpty();
                        }
                    }
                    case ROLLING, FINISHING, COMPLETED, ROLLED_BACK, SUPERSEDED -> {}
                }
                if (random.nextBoolean()) {
                    grid.startAll();
                }
            }
        });
    }

    private static void mishap(GridFixture grid, Random random) {
        List<Placement> all = List.copyOf(grid.placements.values());
        List<GridFixture.Node> nodes = List.copyOf(grid.nodes.values());
        NodeState[] states = {NodeState.READY, NodeState.SUSPECTED, NodeState.LOST};
        switch (random.nextInt(8)) {
            case 0 -> nodes.get(random.nextInt(nodes.size())).state = states[random.nextInt(states.length)];
            case 1 -> {
                if (!all.isEmpty()) {
                    InstanceState[] bad = {InstanceState.BACKING_OFF, InstanceState.FAILED, InstanceState.STARTING};
                    grid.observe(
                            all.get(random.nextInt(all.size())).instance(),
                            bad[random.nextInt(bad.length)],
                            "Mishap.",
                            random.nextInt(5));
                }
            }
            case 2 ->
                grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(random.nextInt(30), random.nextInt(5), 5));
            case 3 -> grid.now = grid.now.plusSeconds(random.nextInt(20));
            default -> grid.startAll();
        }
    }

    @Test
    void everyRolloutEndsOnceAllIsWell() {
        forEachSeed(random -> {
            int instances = 1 + random.nextInt(4);
            GridFixture grid = served(random, instances);
            int number = 1;
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(30) == 0) {
                    newRevision(grid, random, ++number, random.nextInt(5));
                }
                command(grid, random);
                mishap(grid, random);
                grid.step();
            }
            grid.nodes.values().forEach(node -> node.state = NodeState.READY);
            grid.measures.put(GridFixture.id(WEB), new RevisionMeasure(100, 0, 5));
            RolloutCommands last = grid.rollouts.get(GridFixture.id(WEB)).commands();
            grid.command(
                    WEB, new RolloutCommands(false, last.promotions(), last.promotedWholly(), last.abortedBy(), false));
            grid.observations.clear();
            for (int i = 0; i < 400; i++) {
                grid.startAll();
                grid.step();
            }
            RolloutState state = grid.rollout(WEB);
            assertThat(state.phase()).isIn(RolloutPhase.COMPLETED, RolloutPhase.ROLLED_BACK);
            int wanted = grid.deployments.get(GridFixture.id(WEB)).instances();
            assertThat(grid.of(WEB))
                    .hasSize(wanted)
                    .allMatch(placement -> placement.revision().equals(state.stable()));
        });
    }

    @Test
    void decidesTheSameForEqualInputAndOnlyByItsTable() {
        forEachSeed(random -> {
            GridFixture grid = served(random, 1 + random.nextInt(4));
            int number = 1;
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(30) == 0) {
                    newRevision(grid, random, ++number, random.nextInt(5));
                }
                command(grid, random);
                mishap(grid, random);
                assertThat(RolloutDecider.decide(
                                GridFixture.POLICY, grid.snapshot(), grid.rollouts, grid.measures, grid.now))
                        .isEqualTo(RolloutDecider.decide(
                                GridFixture.POLICY, grid.snapshot(), grid.rollouts, grid.measures, grid.now));
                RolloutState before = grid.rollout(WEB);
                grid.step();
                RolloutState after = grid.rollout(WEB);
                assertThat(after.number()).isGreaterThanOrEqualTo(before.number());
            }
        });
    }
}

package dev.warpgrid.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.plan.PlanCheck;
import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.replica.ReplicaDecider;
import dev.warpgrid.control.replica.ReplicaDecision;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Random grids under random mishaps. A failure names its seed: put it into {@link #forEachSeed} to replay it. */
class ReplicaDeciderPropertyTest {
    private static final int CASES = 150;
    private static final int STEPS = 40;
    private static final List<NodeState> STATES = List.of(NodeState.READY, NodeState.SUSPECTED, NodeState.LOST);
    private static final String[] NAMES = {"api", "jobs", "web"};

    private static void forEachSeed(Consumer<Long> property) {
        for (long seed = 1; seed <= CASES; seed++) {
            try {
                property.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static GridFixture randomGrid(Random random) {
        GridFixture grid = new GridFixture();
        int nodes = 1 + random.nextInt(4);
        for (int i = 0; i < nodes; i++) {
            grid.node("n" + i).memoryBytes =
                    ByteSize.ofMebibytes(64L * (2 + random.nextInt(8))).bytes();
        }
        for (String name : NAMES) {
            grid.deploy(name, 1, random.nextInt(4), 32L << random.nextInt(3), 0);
        }
        return grid;
    }

    /** One thing that happens to grids. */
    private static void mishap(GridFixture grid, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> changeIntent(grid, random);
            case 1 -> randomNode(grid, random).state = STATES.get(random.nextInt(STATES.size()));
            case 2 -> randomNode(grid, random).state = NodeState.READY;
            case 3 -> {
                if (!grid.placements.isEmpty()) {
                    List<InstanceId> all = new ArrayList<>(grid.placements.keySet());
                    InstanceState[] bad = {
                        InstanceState.FAILED, InstanceState.BACKING_OFF, InstanceState.STARTING, InstanceState.STOPPED
                    };
                    grid.observe(
                            all.get(random.nextInt(all.size())),
                            bad[random.nextInt(bad.length)],
                            "Mishap.",
                            random.nextInt(6));
                }
            }
            case 4 -> grid.now = grid.now.plusSeconds(random.nextInt(20));
            default -> grid.startAll();
        }
    }

    private static void changeIntent(GridFixture grid, Random random) {
        String name = NAMES[random.nextInt(NAMES.length)];
        if (random.nextInt(6) == 0) {
            grid.deployments.remove(GridFixture.id(name));
            return;
        }
        int newest = grid.revisions.keySet().stream()
                .filter(revision -> revision.deployment().equals(GridFixture.id(name)))
                .mapToInt(revision -> revision.number())
                .max()
                .orElse(0);
        grid.deploy(name, newest + 1, random.nextInt(5), 32L << random.nextInt(3), random.nextInt(2));
    }

    private static GridFixture.Node randomNode(GridFixture grid, Random random) {
        List<GridFixture.Node> all = new ArrayList<>(grid.nodes.values());
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void neverReservesMoreMemoryThanANodeHas() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                grid.step();
                grid.nodes.forEach(
                        (id, node) -> assertThat(grid.reservedBytes(id)).isLessThanOrEqualTo(node.memoryBytes));
            }
        });
    }

    @Test
    void givesEachInstanceOneNodeForItsWholeLife() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                grid.step();
                List<InstanceId> assigned = new ArrayList<>();
                grid.nodes
                        .values()
                        .forEach(node ->
                                node.desired.assignments().forEach(assignment -> assigned.add(assignment.instance())));
                assertThat(assigned).doesNotHaveDuplicates();
                assertThat(assigned).containsExactlyInAnyOrderElementsOf(grid.placements.keySet());
                grid.placements.forEach(
                        (id, placement) -> assertThat(grid.everPlaced).containsEntry(id, placement.node()));
            }
        });
    }

    @Test
    void neverLetsAGenerationGoBack() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            SortedMap<NodeId, Long> highest = new TreeMap<>();
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                grid.step();
                grid.nodes.forEach((id, node) -> {
                    long before = highest.getOrDefault(id, 0L);
                    assertThat(node.desired.generation()).isBetween(before, before + 1);
                    highest.put(id, node.desired.generation());
                });
            }
        });
    }

    @Test
    void convergesToTheCountOnceAllIsWell() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                grid.step();
            }
            grid.nodes.values().forEach(node -> {
                node.state = NodeState.READY;
                node.memoryBytes = ByteSize.ofMebibytes(8192).bytes();
            });
            // Agents bring back what crashed; what cannot run is for the controller to replace.
            grid.observations
                    .entrySet()
                    .removeIf(seen -> seen.getValue().state() != InstanceState.FAILED
                            && seen.getValue().state() != InstanceState.RUNNING);
            grid.now = grid.now.plusSeconds(400);
            grid.settle();
            assertThat(grid.placements.values())
                    .allMatch(placement ->
                            grid.deployments.containsKey(placement.revision().deployment()));
            grid.deployments.values().forEach(intent -> {
                List<Placement> there = grid.of(intent.id().name());
                assertThat(there).hasSize(intent.instances());
                assertThat(there)
                        .allMatch(placement ->
                                placement.revision().equals(intent.current().id())
                                        && placement.restartEpoch() == intent.restartEpoch());
                assertThat(grid.ready(intent.id().name())).isEqualTo(intent.instances());
            });
        });
    }

    @Test
    void takesNothingAwayWhileFactsAreMissing() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            grid.settle();
            List<Placement> before = List.copyOf(grid.placements.values());
            // A server that just started: nobody was heard, nothing is known.
            grid.observations.clear();
            grid.nodes.values().forEach(node -> node.state = NodeState.SUSPECTED);
            for (int i = 0; i < 5; i++) {
                grid.step();
            }
            // Then agents come back one by one, and tell of their instances late.
            for (GridFixture.Node node : grid.nodes.values()) {
                node.state = NodeState.READY;
                grid.step();
            }
            assertThat(grid.placements.values()).containsAll(before);
            grid.settle();
            assertThat(grid.placements.values()).containsAll(before);
        });
    }

    @Test
    void neverFallsBelowTheSmallerCountInARollout() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = new GridFixture();
            int nodes = 1 + random.nextInt(3);
            for (int i = 0; i < nodes; i++) {
                grid.node("n" + i);
            }
            int before = 1 + random.nextInt(6);
            int after = 1 + random.nextInt(6);
            grid.deploy("web", 1, before);
            grid.settle();
            grid.deploy("web", 2, after);
            for (int i = 0; i < 60; i++) {
                grid.step();
                assertThat(grid.ready("web")).isGreaterThanOrEqualTo(Math.min(before, after));
                if (random.nextBoolean()) {
                    grid.startAll();
                }
            }
            grid.settle();
            assertThat(grid.of("web"))
                    .hasSize(after)
                    .allMatch(placement -> placement.revision().number() == 2);
        });
    }

    @Test
    void decidesTheSameForEqualInput() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                GridSnapshot snapshot = grid.snapshot();
                ReplicaDecision first = decide(grid, snapshot);
                ReplicaDecision second = decide(grid, grid.snapshot());
                assertThat(second).isEqualTo(first);
                grid.step();
            }
        });
    }

    private static ReplicaDecision decide(GridFixture grid, GridSnapshot snapshot) {
        AtomicInteger next = new AtomicInteger();
        return ReplicaDecider.decide(
                GridFixture.POLICY,
                snapshot,
                new TreeMap<>(),
                grid.state,
                grid.now,
                deployment -> new InstanceId("i-" + next.incrementAndGet()));
    }

    @Test
    void refusesEveryPartOfAPlanThatTheWorldHasOvertaken() {
        forEachSeed(seed -> {
            Random random = new Random(seed);
            GridFixture grid = randomGrid(random);
            for (int i = 0; i < STEPS; i++) {
                mishap(grid, random);
                List<Action> stale = grid.decide().actions();
                mishap(grid, random);
                CommitView view = view(grid);
                PlanCheck.Checked checked = PlanCheck.check(stale, view);
                assertThat(checked.accepted().size() + checked.refused().size()).isEqualTo(stale.size());
                checked.accepted()
                        .forEach(action -> assertThat(
                                        view.deploymentVersions().getOrDefault(action.deployment(), Action.GONE))
                                .isEqualTo(action.deploymentVersion()));
                assertThat(PlanCheck.check(grid.decide().actions(), view).refused())
                        .isEmpty();
                grid.step();
            }
        });
    }

    private static CommitView view(GridFixture grid) {
        SortedMap<DeploymentId, Long> versions = new TreeMap<>();
        grid.deployments.forEach((id, intent) -> versions.put(id, intent.version()));
        SortedMap<NodeId, Long> memory = new TreeMap<>();
        grid.nodes.forEach((id, node) -> memory.put(id, node.memoryBytes));
        SortedMap<InstanceId, CommitView.Reserved> placements = new TreeMap<>();
        grid.placements.forEach((id, placement) ->
                placements.put(id, new CommitView.Reserved(placement.node(), placement.reservedBytes())));
        return new CommitView(versions, memory, placements);
    }
}

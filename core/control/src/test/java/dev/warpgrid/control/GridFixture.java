package dev.warpgrid.control;

import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.replica.InstanceIds;
import dev.warpgrid.control.replica.ReplicaDecider;
import dev.warpgrid.control.replica.ReplicaDecision;
import dev.warpgrid.control.replica.ReplicaState;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutDecider;
import dev.warpgrid.control.rollout.RolloutDecision;
import dev.warpgrid.control.rollout.RolloutIntent;
import dev.warpgrid.control.rollout.RolloutNote;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.routing.DesiredStateBuilder;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Observation;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A grid in memory that carries decisions out, with hand-set nodes, facts and time. */
final class GridFixture {
    static final ControlPolicy POLICY = ControlPolicy.defaults();
    static final String HTTP = "wasi:http/types@0.2.4";

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    ReplicaState state = ReplicaState.starting(POLICY, now);
    final SortedMap<DeploymentId, DeploymentIntent> deployments = new TreeMap<>();
    final SortedMap<RevisionId, RevisionSpec> revisions = new TreeMap<>();
    final SortedMap<NodeId, Node> nodes = new TreeMap<>();
    final SortedMap<InstanceId, Placement> placements = new TreeMap<>();
    final SortedMap<InstanceId, Observation> observations = new TreeMap<>();
    final SortedMap<InstanceId, NodeId> everPlaced = new TreeMap<>();
    /** Deployments that are in here are rolled out by their policy; others simply run their newest revision. */
    final SortedMap<DeploymentId, RolloutIntent> rollouts = new TreeMap<>();

    final SortedMap<DeploymentId, RevisionMeasure> measures = new TreeMap<>();
    final List<RolloutNote> notes = new ArrayList<>();
    RolloutDecision rolledOut = new RolloutDecision(new TreeMap<>(), new TreeMap<>(), List.of());
    private int lastId;
    private long lastVersion;

    /** One node as the fixture keeps it. */
    static final class Node {
        NodeState state = NodeState.READY;
        long memoryBytes = ByteSize.ofMebibytes(1024).bytes();
        List<String> interfaces = List.of("wasi:http/types@0.2.12");
        DesiredState desired = DesiredState.empty();
        long applied;
    }

    Node node(String id) {
        return nodes.computeIfAbsent(new NodeId(id), _ -> new Node());
    }

    void deploy(String name, int revision, int instances) {
        deploy(name, revision, instances, 64, 0);
    }

    void deploy(String name, int number, int instances, long mebibytes, long epoch) {
        DeploymentId id = id(name);
        RevisionId revision = new RevisionId(id, number);
        RevisionSpec spec = new RevisionSpec(
                new Workload(
                        revision,
                        new Digest("sha256:" + "0".repeat(64)),
                        1000,
                        new TreeMap<>(),
                        new WorkloadLimits(
                                ByteSize.ofMebibytes(mebibytes), Duration.ofSeconds(30), Duration.ofSeconds(10))),
                List.of(HTTP),
                List.of(name + ".default.localhost"),
                List.of("/"));
        revisions.put(revision, spec);
        deployments.put(id, new DeploymentIntent(id, ++lastVersion, instances, epoch, spec));
    }

    static DeploymentId id(String name) {
        return new DeploymentId("default", name);
    }

    GridSnapshot snapshot() {
        SortedMap<NodeId, NodeSnapshot> nodeSnapshots = new TreeMap<>();
        nodes.forEach((id, node) -> {
            nodeSnapshots.put(
                    id,
                    new NodeSnapshot(
                            id,
                            node.state,
                            node.memoryBytes,
                            node.interfaces,
                            NodeSnapshot.servedBy(node.desired.routes()),
                            node.applied == node.desired.generation()));
        });
        SortedMap<InstanceId, PlacedInstance> placed = new TreeMap<>();
        placements.forEach((id, placement) -> placed.put(id, new PlacedInstance(placement, observations.get(id))));
        return new GridSnapshot(deployments, revisions, nodeSnapshots, placed);
    }

    InstanceIds ids() {
        return deployment -> new InstanceId(deployment.name() + "-" + String.format("%06d", ++lastId));
    }

    /** Rolls the deployment out by {@code policy} from now on. */
    void rollsOutBy(String name, RolloutPolicy policy) {
        RolloutIntent before = rollouts.get(id(name));
        rollouts.put(
                id(name),
                new RolloutIntent(
                        policy,
                        false,
                        before == null ? null : before.state(),
                        before == null ? RolloutCommands.none() : before.commands()));
    }

    void command(String name, RolloutCommands commands) {
        RolloutIntent before = rollouts.get(id(name));
        rollouts.put(id(name), new RolloutIntent(before.policy(), before.restores(), before.state(), commands));
    }

    RolloutState rollout(String name) {
        return Objects.requireNonNull(rollouts.get(id(name)).state());
    }

    ReplicaDecision decide() {
        state = state.stepping(POLICY, now);
        GridSnapshot snapshot = snapshot();
        rolledOut = RolloutDecider.decide(POLICY, snapshot, rollouts, measures, now);
        return ReplicaDecider.decide(POLICY, snapshot, rolledOut.directives(), state, now, ids());
    }

    /** Decides, carries out and sends each node its desired state; agents that are READY take it over. */
    ReplicaDecision step() {
        ReplicaDecision decision = decide();
        state = decision.state();
        rolledOut
                .written()
                .forEach((id, states) ->
                        states.forEach(one -> rollouts.computeIfPresent(id, (_, intent) -> intent.with(one))));
        notes.addAll(rolledOut.notes());
        decision.actions().forEach(this::carryOut);
        now = now.plusSeconds(1);
        GridSnapshot after = snapshot();
        nodes.forEach((id, node) -> {
            node.desired = DesiredStateBuilder.next(after, id, decision.routes(), node.desired);
            if (node.state == NodeState.READY) {
                node.applied = node.desired.generation();
            }
        });
        return decision;
    }

    private void carryOut(Action action) {
        switch (action) {
            case Action.Place place -> put(place.placement());
            case Action.Remove remove -> drop(remove.placement());
            case Action.Replace replace -> {
                drop(replace.old());
                put(replace.placement());
            }
        }
    }

    private void put(Placement placement) {
        NodeId before = everPlaced.put(placement.instance(), placement.node());
        if (before != null) {
            throw new AssertionError("instance id " + placement.instance() + " was given twice");
        }
        placements.put(placement.instance(), placement);
    }

    private void drop(Placement placement) {
        if (placements.remove(placement.instance()) == null) {
            throw new AssertionError("instance " + placement.instance() + " was taken away twice");
        }
        observations.remove(placement.instance());
    }

    void observe(InstanceId instance, InstanceState seen, String reason, int restarts) {
        observations.put(instance, new Observation(seen, reason, restarts, now));
    }

    /** Every instance on a READY node that has no fact yet, or is on its way, runs now. */
    void startAll() {
        for (Placement placement : List.copyOf(placements.values())) {
            Observation seen = observations.get(placement.instance());
            boolean onItsWay = seen == null || seen.state() == InstanceState.STARTING;
            Node node = nodes.get(placement.node());
            if (onItsWay && node != null && node.state == NodeState.READY) {
                observe(placement.instance(), InstanceState.RUNNING, "", 0);
            }
        }
    }

    List<Placement> of(String name) {
        List<Placement> found = new ArrayList<>();
        placements.values().stream()
                .filter(placement -> placement.revision().deployment().equals(id(name)))
                .forEach(found::add);
        return found;
    }

    long ready(String name) {
        GridSnapshot snapshot = snapshot();
        return snapshot.placementsOf(id(name)).stream()
                .filter(snapshot::isReady)
                .count();
    }

    long reservedBytes(NodeId node) {
        return placements.values().stream()
                .filter(placement -> placement.node().equals(node))
                .mapToLong(Placement::reservedBytes)
                .sum();
    }

    /** Steps until a step does nothing, with all instances that can start doing so in between. */
    void settle() {
        for (int i = 0; i < 200; i++) {
            startAll();
            if (step().actions().isEmpty()) {
                startAll();
                if (step().actions().isEmpty()) {
                    return;
                }
            }
        }
        throw new AssertionError("the grid did not settle within 200 steps: " + placements.values());
    }
}

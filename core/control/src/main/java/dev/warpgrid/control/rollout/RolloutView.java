package dev.warpgrid.control.rollout;

import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceState;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One deployment's instances as its rollout looks at them. */
final class RolloutView {
    private final GridSnapshot snapshot;
    private final DeploymentId deployment;
    private final RevisionId target;

    final List<PlacedInstance> targets = new ArrayList<>();
    final List<PlacedInstance> baselines = new ArrayList<>();
    int readyTargets;
    int readyBaselines;
    int others;
    /** An instance of an earlier revision answers, or nobody knows that it does not. */
    boolean servedBefore;

    RolloutView(GridSnapshot snapshot, DeploymentId deployment, RevisionId target, @Nullable RevisionId baseline) {
        this.snapshot = snapshot;
        this.deployment = deployment;
        this.target = target;
        for (PlacedInstance instance : snapshot.placementsOf(deployment)) {
            RevisionId revision = instance.placement().revision();
            boolean ready = snapshot.isReady(instance);
            if (revision.equals(target)) {
                targets.add(instance);
                readyTargets += ready ? 1 : 0;
            } else {
                servedBefore |= ready || isUnknown(instance);
                if (revision.equals(baseline)) {
                    baselines.add(instance);
                    readyBaselines += ready ? 1 : 0;
                } else {
                    others++;
                }
            }
        }
    }

    private boolean isUnknown(PlacedInstance instance) {
        return instance.observation() == null
                || snapshot.stateOf(instance.placement().node()) == NodeState.SUSPECTED;
    }

    /** Nodes that are to have an instance of the target because they have one of the baseline. */
    int baselineNodes() {
        SortedSet<NodeId> nodes = new TreeSet<>();
        baselines.forEach(instance -> nodes.add(instance.placement().node()));
        return nodes.size();
    }

    /** Nodes where the baseline answers and the target does not yet. */
    List<NodeId> uncovered() {
        SortedSet<NodeId> nodes = new TreeSet<>();
        baselines.stream()
                .filter(snapshot::isReady)
                .forEach(instance -> nodes.add(instance.placement().node()));
        targets.stream()
                .filter(snapshot::isReady)
                .forEach(instance -> nodes.remove(instance.placement().node()));
        return List.copyOf(nodes);
    }

    /** Every node on which both answer has taken over routes with this share for the target. */
    boolean routesGive(int weight) {
        SortedMap<NodeId, Boolean> both = new TreeMap<>();
        targets.stream()
                .filter(snapshot::isReady)
                .forEach(instance -> both.put(instance.placement().node(), true));
        SortedSet<NodeId> baselineNodes = new TreeSet<>();
        baselines.forEach(instance -> baselineNodes.add(instance.placement().node()));
        for (NodeId id : both.keySet()) {
            NodeSnapshot node = snapshot.nodes().get(id);
            if (!baselineNodes.contains(id)) {
                continue;
            }
            if (node == null || !node.settled() || node.weightOf(deployment, target) != weight) {
                return false;
            }
        }
        return true;
    }

    /** One that crashed again and again, on a node that is heard. */
    @Nullable
    PlacedInstance hopeless(int restarts) {
        for (PlacedInstance instance : targets) {
            if (instance.isObservedAs(InstanceState.BACKING_OFF)
                    && instance.observation() != null
                    && instance.observation().restarts() >= restarts
                    && snapshot.stateOf(instance.placement().node()) == NodeState.READY) {
                return instance;
            }
        }
        return null;
    }

    /** One that cannot run, where none of them can. */
    @Nullable
    PlacedInstance failed() {
        for (PlacedInstance instance : targets) {
            if (!instance.isObservedAs(InstanceState.FAILED)
                    || snapshot.stateOf(instance.placement().node()) != NodeState.READY) {
                return null;
            }
        }
        return targets.isEmpty() ? null : targets.getFirst();
    }

    /** Why an instance of the target does not answer, as far as its agent says; empty where nothing is known. */
    String trouble() {
        for (PlacedInstance instance : targets) {
            if (!snapshot.isReady(instance) && !instance.reason().isBlank()) {
                return " Instance " + instance.placement().instance() + ": "
                        + instance.reason().strip();
            }
        }
        return "";
    }
}

package dev.warpgrid.server.control;

import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.plan.PlanCheck;
import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.rollout.RolloutIntent;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.routing.DesiredStateBuilder;
import dev.warpgrid.control.routing.RoutePlan;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.Watch;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.observe.GridRows;
import dev.warpgrid.server.observe.NodeFacts;
import dev.warpgrid.server.observe.SnapshotAssembly;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.LeaseStore;
import dev.warpgrid.server.store.PlacementStore;
import dev.warpgrid.server.store.RolloutStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a plan and the desired states that follow from it: in one transaction, under the lease, after a last check. */
@Singleton
public class PlanCommitter {
    static final String LEASE = "control";

    private final PlacementStore placements;
    private final RolloutStore rollouts;
    private final LeaseStore leases;
    private final Transactions transactions;
    private final ControlPolicy policy;

    @Inject
    public PlanCommitter(
            PlacementStore placements,
            RolloutStore rollouts,
            LeaseStore leases,
            Transactions transactions,
            ControlPolicy policy) {
        this.placements = placements;
        this.rollouts = rollouts;
        this.leases = leases;
        this.transactions = transactions;
        this.policy = policy;
    }

    /** What a plan was made from. */
    public record Basis(GridRows rows, SortedMap<NodeId, NodeFacts> facts, Watch watch, Instant now) {}

    /**
     * What is to be written.
     *
     * @param rollouts of each deployment, in this order
     */
    public record Plan(List<Action> actions, RoutePlan routes, SortedMap<DeploymentId, List<RolloutState>> rollouts) {
        public Plan {
            actions = List.copyOf(actions);
            rollouts = Collections.unmodifiableSortedMap(new TreeMap<>(rollouts));
        }
    }

    /**
     * What was written.
     *
     * @param rows as they are now
     * @param changed the desired states to send
     * @param rolledOut deployments whose rollouts were written
     */
    public record Committed(
            PlanCheck.Checked checked,
            GridRows rows,
            SortedMap<NodeId, DesiredState> changed,
            SortedSet<DeploymentId> rolledOut) {}

    /** Another server holds the lease; nothing was written. */
    public static final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLostException() {
            super("Another server has taken over the controllers; nothing was written.");
        }
    }

    /** @throws LeaseLostException if the fence is no longer the lease's */
    public Committed commit(long fence, Basis basis, Plan plan) {
        if (plan.actions().isEmpty()
                && plan.rollouts().isEmpty()
                && changed(basis, plan.routes(), basis.rows()).isEmpty()) {
            return new Committed(
                    new PlanCheck.Checked(List.of(), List.of()), basis.rows(), new TreeMap<>(), new TreeSet<>());
        }
        return transactions.call(() -> write(fence, basis, plan));
    }

    private Committed write(long fence, Basis basis, Plan plan) {
        if (!leases.lock(LEASE, fence)) {
            throw new LeaseLostException();
        }
        TreeSet<DeploymentId> deployments = new TreeSet<>(plan.rollouts().keySet());
        plan.actions().forEach(action -> deployments.add(action.deployment()));
        CommitView view = placements.lockForCommit(deployments);
        PlanCheck.Checked checked = PlanCheck.check(plan.actions(), view);
        SortedMap<InstanceId, Placement> after = new TreeMap<>();
        for (Placement placement : basis.rows().placements()) {
            if (view.placements().containsKey(placement.instance())) {
                after.put(placement.instance(), placement);
            }
        }
        checked.accepted().forEach(action -> write(action, after));
        SortedMap<DeploymentId, RolloutIntent> rolledOut = writeRollouts(plan, basis.rows(), view);
        GridRows rows = basis.rows()
                .with(merged(basis.rows().rollouts(), rolledOut))
                .after(new ArrayList<>(after.values()), basis.rows().desired());
        SortedMap<NodeId, DesiredState> changed = changed(basis, plan.routes(), rows);
        changed.keySet().removeIf(node -> !view.nodeMemoryBytes().containsKey(node));
        changed.forEach((node, state) -> placements.save(node, state, basis.now()));
        SortedMap<NodeId, DesiredState> desired = new TreeMap<>(rows.desired());
        desired.putAll(changed);
        return new Committed(
                checked, rows.after(rows.placements(), desired), changed, new TreeSet<>(rolledOut.keySet()));
    }

    /** Those of deployments that are still as they were when the plan was made. */
    private SortedMap<DeploymentId, RolloutIntent> writeRollouts(Plan plan, GridRows rows, CommitView view) {
        SortedMap<DeploymentId, RolloutIntent> written = new TreeMap<>();
        plan.rollouts().forEach((deployment, states) -> {
            DeploymentIntent intent = rows.deployments().get(deployment);
            RolloutIntent rollout = rows.rollouts().get(deployment);
            Long version = view.deploymentVersions().get(deployment);
            if (intent != null && rollout != null && version != null && version == intent.version()) {
                for (RolloutState state : states) {
                    rollouts.save(deployment, state);
                    rollout = rollout.with(state);
                }
                written.put(deployment, rollout);
            }
        });
        return written;
    }

    private static SortedMap<DeploymentId, RolloutIntent> merged(
            SortedMap<DeploymentId, RolloutIntent> all, SortedMap<DeploymentId, RolloutIntent> newer) {
        SortedMap<DeploymentId, RolloutIntent> merged = new TreeMap<>(all);
        merged.putAll(newer);
        return merged;
    }

    private void write(Action action, SortedMap<InstanceId, Placement> after) {
        switch (action) {
            case Action.Place place -> insert(place.placement(), after);
            case Action.Remove remove -> delete(remove.placement(), after);
            case Action.Replace replace -> {
                delete(replace.old(), after);
                insert(replace.placement(), after);
            }
        }
    }

    private void insert(Placement placement, SortedMap<InstanceId, Placement> after) {
        placements.insert(placement);
        after.put(placement.instance(), placement);
    }

    private void delete(Placement placement, SortedMap<InstanceId, Placement> after) {
        placements.delete(placement.instance());
        after.remove(placement.instance());
    }

    /** Desired states that differ from the stored ones, each with its next generation. */
    private SortedMap<NodeId, DesiredState> changed(Basis basis, RoutePlan routes, GridRows rows) {
        GridSnapshot snapshot = SnapshotAssembly.assemble(policy, rows, basis.facts(), basis.watch(), basis.now());
        SortedMap<NodeId, DesiredState> changed = new TreeMap<>();
        for (NodeId node : snapshot.nodes().keySet()) {
            DesiredState previous = rows.desired().getOrDefault(node, DesiredState.empty());
            DesiredState next = DesiredStateBuilder.next(snapshot, node, routes, previous);
            NodeFacts facts = basis.facts().get(node);
            if (facts != null && facts.appliedGeneration() > next.generation()) {
                // The agent knows a later one, so the database was set back to a backup: go on after the agent's.
                next = new DesiredState(
                        facts.appliedGeneration() + 1, next.workloads(), next.assignments(), next.routes());
            }
            if (next.generation() != previous.generation()) {
                changed.put(node, next);
            }
        }
        return changed;
    }
}

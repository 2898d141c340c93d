package dev.warpgrid.server.control;

import dev.warpgrid.control.plan.CommitView;
import dev.warpgrid.control.plan.PlanCheck;
import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.routing.DesiredStateBuilder;
import dev.warpgrid.control.snapshot.ControlPolicy;
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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a plan and the desired states that follow from it: in one transaction, under the lease, after a last check. */
@Singleton
public class PlanCommitter {
    static final String LEASE = "control";

    private final PlacementStore placements;
    private final LeaseStore leases;
    private final Transactions transactions;
    private final ControlPolicy policy;

    @Inject
    public PlanCommitter(
            PlacementStore placements, LeaseStore leases, Transactions transactions, ControlPolicy policy) {
        this.placements = placements;
        this.leases = leases;
        this.transactions = transactions;
        this.policy = policy;
    }

    /** What a plan was made from. */
    public record Basis(GridRows rows, SortedMap<NodeId, NodeFacts> facts, Watch watch, Instant now) {}

    /**
     * What was written.
     *
     * @param rows as they are now
     * @param changed the desired states to send
     */
    public record Committed(PlanCheck.Checked checked, GridRows rows, SortedMap<NodeId, DesiredState> changed) {}

    /** Another server holds the lease; nothing was written. */
    public static final class LeaseLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLostException() {
            super("Another server has taken over the controllers; nothing was written.");
        }
    }

    /** @throws LeaseLostException if the fence is no longer the lease's */
    public Committed commit(long fence, Basis basis, List<Action> actions) {
        if (actions.isEmpty() && changed(basis, basis.rows()).isEmpty()) {
            return new Committed(new PlanCheck.Checked(List.of(), List.of()), basis.rows(), new TreeMap<>());
        }
        return transactions.call(() -> write(fence, basis, actions));
    }

    private Committed write(long fence, Basis basis, List<Action> actions) {
        if (!leases.lock(LEASE, fence)) {
            throw new LeaseLostException();
        }
        TreeSet<DeploymentId> deployments = new TreeSet<>();
        actions.forEach(action -> deployments.add(action.deployment()));
        CommitView view = placements.lockForCommit(deployments);
        PlanCheck.Checked checked = PlanCheck.check(actions, view);
        SortedMap<InstanceId, Placement> after = new TreeMap<>();
        for (Placement placement : basis.rows().placements()) {
            if (view.placements().containsKey(placement.instance())) {
                after.put(placement.instance(), placement);
            }
        }
        checked.accepted().forEach(action -> write(action, after));
        GridRows rows =
                basis.rows().after(new ArrayList<>(after.values()), basis.rows().desired());
        SortedMap<NodeId, DesiredState> changed = changed(basis, rows);
        changed.keySet().removeIf(node -> !view.nodeMemoryBytes().containsKey(node));
        changed.forEach((node, state) -> placements.save(node, state, basis.now()));
        SortedMap<NodeId, DesiredState> desired = new TreeMap<>(rows.desired());
        desired.putAll(changed);
        return new Committed(checked, rows.after(rows.placements(), desired), changed);
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
    private SortedMap<NodeId, DesiredState> changed(Basis basis, GridRows rows) {
        GridSnapshot snapshot = SnapshotAssembly.assemble(policy, rows, basis.facts(), basis.watch(), basis.now());
        SortedMap<NodeId, DesiredState> changed = new TreeMap<>();
        for (NodeId node : snapshot.nodes().keySet()) {
            DesiredState previous = rows.desired().getOrDefault(node, DesiredState.empty());
            DesiredState next = DesiredStateBuilder.next(snapshot, node, previous);
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

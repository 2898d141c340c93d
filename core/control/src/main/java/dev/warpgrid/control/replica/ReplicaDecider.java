package dev.warpgrid.control.replica;

import dev.warpgrid.control.placement.Ledger;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps each deployment at its count over the known nodes. Rules, in the order of their weight:
 *
 * <ol>
 *   <li>An instance is taken away only for a reason that was seen: its deployment or node was deleted, its node is lost
 *       and a replacement has a place, its agent says it cannot run, more are known to be there than asked for, or newer
 *       ones are ready. Missing facts are no reason.
 *   <li>While instances are replaced by newer ones, the number that is ready never falls below the smaller of what was
 *       ready and what is asked for.
 *   <li>Equal input gives equal output: deployments, nodes and instances are walked in the order of their ids.
 * </ol>
 */
public final class ReplicaDecider {
    private ReplicaDecider() {}

    /**
     * @param state as {@link ReplicaState#stepping} gave it for this step
     * @param ids where ids of new instances come from
     */
    public static ReplicaDecision decide(
            ControlPolicy policy, GridSnapshot snapshot, ReplicaState state, Instant now, InstanceIds ids) {
        Ledger ledger = Ledger.of(snapshot);
        List<Action> actions = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        removeOrphans(snapshot, ledger, actions, reasons);
        SortedMap<DeploymentId, Setback> setbacks = new TreeMap<>();
        for (DeploymentIntent intent : snapshot.deployments().values()) {
            DeploymentStep step = new DeploymentStep(policy, snapshot, ledger, intent, now, ids);
            Setback setback = step.run(state.setbacks().get(intent.id()));
            actions.addAll(step.actions());
            reasons.addAll(step.reasons());
            if (setback != null) {
                setbacks.put(intent.id(), setback);
            }
        }
        return new ReplicaDecision(state.withSetbacks(setbacks), actions, reasons);
    }

    private static void removeOrphans(
            GridSnapshot snapshot, Ledger ledger, List<Action> actions, List<Reason> reasons) {
        for (PlacedInstance instance : snapshot.placements().values()) {
            Placement placement = instance.placement();
            DeploymentId deployment = placement.revision().deployment();
            // A revision is deleted with its deployment only, whose name may have been taken again by now.
            if (!snapshot.deployments().containsKey(deployment)
                    || !snapshot.revisions().containsKey(placement.revision())) {
                String sentence =
                        "Instance " + placement.instance() + " goes because deployment " + deployment + " was deleted.";
                DeploymentIntent again = snapshot.deployments().get(deployment);
                long version = again == null ? Action.GONE : again.version();
                actions.add(
                        new Action.Remove(deployment, version, placement, Action.Cause.DEPLOYMENT_DELETED, sentence));
                reasons.add(new Reason(deployment, Reason.Kind.REMOVED, sentence, List.of()));
                ledger.remove(placement);
            }
        }
    }
}

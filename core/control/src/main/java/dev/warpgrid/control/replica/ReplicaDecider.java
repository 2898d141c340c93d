package dev.warpgrid.control.replica;

import dev.warpgrid.control.placement.Ledger;
import dev.warpgrid.control.rollout.RolloutDirective;
import dev.warpgrid.control.routing.RoutePlan;
import dev.warpgrid.control.routing.RouteShares;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
     * @param directives how many instances of which revision; without one a deployment runs its newest revision alone
     * @param state as {@link ReplicaState#stepping} gave it for this step
     * @param ids where ids of new instances come from
     */
    public static ReplicaDecision decide(
            ControlPolicy policy,
            GridSnapshot snapshot,
            SortedMap<DeploymentId, RolloutDirective> directives,
            ReplicaState state,
            Instant now,
            InstanceIds ids) {
        Ledger ledger = Ledger.of(snapshot);
        List<Action> actions = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        removeOrphans(snapshot, ledger, actions, reasons);
        SortedMap<DeploymentId, Setback> setbacks = new TreeMap<>();
        SortedMap<DeploymentId, RouteShares> shares = new TreeMap<>();
        SortedSet<InstanceId> retiring = new TreeSet<>();
        for (DeploymentIntent intent : snapshot.deployments().values()) {
            RolloutDirective given = directives.get(intent.id());
            RolloutDirective directive = given == null ? alone(policy, intent) : given;
            DeploymentStep step = new DeploymentStep(policy, snapshot, ledger, intent, directive, now, ids);
            Setback setback = step.run(state.setbacks().get(intent.id()));
            actions.addAll(step.actions());
            reasons.addAll(step.reasons());
            shares.put(intent.id(), directive.shares());
            retiring.addAll(step.retiring());
            if (setback != null) {
                setbacks.put(intent.id(), setback);
            }
        }
        return new ReplicaDecision(state.withSetbacks(setbacks), actions, reasons, new RoutePlan(shares, retiring));
    }

    private static RolloutDirective alone(ControlPolicy policy, DeploymentIntent intent) {
        return RolloutDirective.steady(
                intent.current(), intent.instances(), Math.max(1, intent.instances() / policy.surgeDivisor()));
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

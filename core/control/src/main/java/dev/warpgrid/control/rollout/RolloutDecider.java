package dev.warpgrid.control.rollout;

import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.model.DeploymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides how each deployment's newest revision takes over. Rules, in the order of their weight:
 *
 * <ol>
 *   <li>What served before goes only after the new revision has done what its policy asks for.
 *   <li>A revision that crashes, cannot run, breaks a gate or does not come nearer to its end within the deadline is given
 *       up by itself, and the reason is kept.
 *   <li>People's word is final: pause, promote and abort act at the next step, whatever the policy waits for.
 *   <li>Equal input gives equal output, and all that is remembered is in the state.
 * </ol>
 */
public final class RolloutDecider {
    private RolloutDecider() {}

    /**
     * @param rollouts one for each deployment; a deployment without one simply runs its newest revision
     * @param measures of each deployment's target, since {@link RolloutState#measuredSince()}
     */
    public static RolloutDecision decide(
            ControlPolicy policy,
            GridSnapshot snapshot,
            SortedMap<DeploymentId, RolloutIntent> rollouts,
            SortedMap<DeploymentId, RevisionMeasure> measures,
            Instant now) {
        SortedMap<DeploymentId, List<RolloutState>> written = new TreeMap<>();
        SortedMap<DeploymentId, RolloutDirective> directives = new TreeMap<>();
        List<RolloutNote> notes = new ArrayList<>();
        for (DeploymentIntent intent : snapshot.deployments().values()) {
            RolloutIntent asked = rollouts.get(intent.id());
            if (asked == null) {
                directives.put(intent.id(), RolloutMachine.steady(policy, intent, intent.current()));
                continue;
            }
            RevisionMeasure measure = measures.getOrDefault(intent.id(), RevisionMeasure.none());
            RolloutMachine machine = new RolloutMachine(policy, snapshot, intent, asked, measure, now);
            directives.put(intent.id(), machine.run());
            if (!machine.written().isEmpty()) {
                written.put(intent.id(), machine.written());
            }
            notes.addAll(machine.notes());
        }
        return new RolloutDecision(written, directives, notes);
    }
}

package dev.warpgrid.server.service;

import dev.warpgrid.api.RolloutView;
import dev.warpgrid.control.rollout.Gates;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.rollout.Strategy;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import dev.warpgrid.server.store.StoredRollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns a rollout into what the contract shows. */
final class RolloutViews {
    private RolloutViews() {}

    static RolloutView view(
            StoredDeployment deployment,
            StoredRevision revision,
            StoredRollout rollout,
            RolloutObservations observations,
            List<RolloutView.Action> actions) {
        RolloutState state = rollout.state();
        RolloutPolicy policy = revision.restores() == null
                ? revision.rollout()
                : revision.rollout().forRestoring();
        RevisionId baseline = state.baseline();
        RolloutView.Side target = observations.side(deployment.id(), state.target(), state);
        List<RolloutView.Step> steps = steps(policy, state);
        return new RolloutView(
                deployment.id().namespace(),
                deployment.id().name(),
                state.number(),
                policy.strategy().text(),
                RolloutView.Phase.valueOf(state.phase().name()),
                state.sentence(),
                state.cause(),
                rollout.commands().paused(),
                steps.isEmpty() ? null : state.step(),
                steps,
                deployment.revision().instances(),
                target,
                baseline == null ? null : observations.side(deployment.id(), baseline, state),
                gates(policy.gates(), target),
                actions,
                DurationText.write(policy.deadline()),
                state.startedAt(),
                state.endedAt());
    }

    private static List<RolloutView.Step> steps(RolloutPolicy policy, RolloutState state) {
        List<RolloutView.Step> steps = new ArrayList<>();
        if (policy.strategy() instanceof Strategy.Canary canary) {
            boolean passed = state.phase() != RolloutPhase.CANARY
                    && state.phase() != RolloutPhase.ROLLING_BACK
                    && state.phase() != RolloutPhase.ROLLED_BACK
                    && state.phase() != RolloutPhase.SUPERSEDED;
            for (int i = 0; i < canary.steps().size(); i++) {
                Strategy.Step step = canary.steps().get(i);
                RolloutView.StepState at = passed || i < state.step()
                        ? RolloutView.StepState.PASSED
                        : i == state.step() ? RolloutView.StepState.PRESENT : RolloutView.StepState.TO_COME;
                steps.add(new RolloutView.Step(step.weight(), RolloutRules.text(step.pause()), at));
            }
        }
        return steps;
    }

    private static List<RolloutView.Gate> gates(Gates gates, RolloutView.Side target) {
        List<RolloutView.Gate> views = new ArrayList<>();
        boolean enough = target.requests() >= gates.minimumRequests();
        Double errors = gates.maximumErrorPercent();
        if (errors != null) {
            views.add(new RolloutView.Gate(
                    "error rate",
                    "at most " + figure(errors) + " %",
                    enough
                            ? figure(target.errorPercent()) + " %"
                            : target.requests() + " of " + gates.minimumRequests() + " requests",
                    judged(enough, target.errorPercent() <= errors)));
        }
        if (gates.maximumP99() != null) {
            double limit = gates.maximumP99().toNanos() / 1e6;
            views.add(new RolloutView.Gate(
                    "p99 latency",
                    "at most " + figure(limit) + " ms",
                    enough
                            ? figure(target.p99Millis()) + " ms"
                            : target.requests() + " of " + gates.minimumRequests() + " requests",
                    judged(enough, target.p99Millis() <= limit)));
        }
        return views;
    }

    private static RolloutView.GateState judged(boolean enough, boolean holds) {
        return !enough
                ? RolloutView.GateState.UNDECIDED
                : holds ? RolloutView.GateState.PASSED : RolloutView.GateState.BROKEN;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** What can be asked of it now. */
    static List<RolloutView.Action> actions(StoredRollout rollout) {
        RolloutState state = rollout.state();
        if (state.phase() == RolloutPhase.ROLLED_BACK) {
            return rollout.commands().retried() ? List.of() : List.of(RolloutView.Action.RETRY);
        }
        boolean steerable = state.phase().isUndecided()
                && state.baseline() != null
                && !rollout.commands().aborted();
        return steerable
                ? List.of(
                        rollout.commands().paused() ? RolloutView.Action.RESUME : RolloutView.Action.PAUSE,
                        RolloutView.Action.PROMOTE,
                        RolloutView.Action.ABORT)
                : List.of();
    }
}

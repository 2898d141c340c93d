package dev.warpgrid.control.rollout;

import dev.warpgrid.control.routing.RouteShares;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One deployment's rollout in one step of the controller. Made for one run and thrown away. */
final class RolloutMachine {
    /** No limit but what is asked for: a canary and a green revision stand beside the whole baseline. */
    private static final int UNLIMITED = Integer.MAX_VALUE / 2;

    private final ControlPolicy policy;
    private final GridSnapshot snapshot;
    private final DeploymentIntent intent;
    private final RolloutIntent asked;
    private final Instant now;
    private final int instances;
    private final RolloutPolicy rollout;
    private final List<RolloutState> written = new ArrayList<>();
    private final List<RolloutNote> notes = new ArrayList<>();
    /** Commands and figures are of the rollout that was read; one that begins in this step has none. */
    private RolloutCommands commands;

    private RevisionMeasure measure;

    RolloutMachine(
            ControlPolicy policy,
            GridSnapshot snapshot,
            DeploymentIntent intent,
            RolloutIntent asked,
            RevisionMeasure measure,
            Instant now) {
        this.policy = policy;
        this.snapshot = snapshot;
        this.intent = intent;
        this.asked = asked;
        this.commands = asked.commands();
        this.measure = measure;
        this.now = now;
        this.instances = intent.instances();
        this.rollout = asked.effectivePolicy();
    }

    List<RolloutState> written() {
        return written;
    }

    List<RolloutNote> notes() {
        return notes;
    }

    static RolloutDirective steady(ControlPolicy policy, DeploymentIntent intent, RevisionSpec revision) {
        return RolloutDirective.steady(
                revision, intent.instances(), Math.max(1, intent.instances() / policy.surgeDivisor()));
    }

    RolloutDirective run() {
        RolloutState state = present();
        RolloutState next = state.isUnderWay() ? advance(state) : state;
        if (!next.equals(asked.state())) {
            written.add(next);
        }
        return directive(next);
    }

    /** The rollout to the revision that is asked for now: the one there is, or a new one. */
    private RolloutState present() {
        RolloutState before = asked.state();
        RevisionId target = intent.current().id();
        if (before == null) {
            return starting(1, servedSoFar(target));
        }
        if (before.target().equals(target)) {
            boolean again = before.phase() == RolloutPhase.ROLLED_BACK
                    && asked.commands().retried();
            return again ? starting(before.number() + 1, known(before.baseline())) : before;
        }
        if (before.isUnderWay()) {
            String sentence = "Revision " + target.number() + " was asked for before revision "
                    + before.target().number() + " had taken over.";
            written.add(before.in(RolloutPhase.SUPERSEDED, now).saying(sentence));
            note(RolloutNote.Kind.SUPERSEDED, sentence);
        }
        RevisionId known = known(before.stable());
        // A first revision that answers is worth keeping, even where its own rollout had not ended.
        RevisionId stable = known == null ? servedSoFar(target) : known;
        return starting(before.number() + 1, target.equals(stable) ? null : stable);
    }

    private RolloutState starting(long number, @Nullable RevisionId baseline) {
        commands = RolloutCommands.none();
        measure = RevisionMeasure.none();
        RevisionId target = intent.current().id();
        RolloutView view = new RolloutView(snapshot, intent.id(), target, baseline);
        boolean atOnce = baseline == null || !view.servedBefore || instances == 0;
        RolloutPhase phase = atOnce
                ? RolloutPhase.ROLLING
                : switch (rollout.strategy()) {
                    case Strategy.Rolling _ -> RolloutPhase.ROLLING;
                    case Strategy.Canary _ -> RolloutPhase.CANARY;
                    case Strategy.BlueGreen _ -> RolloutPhase.PREPARING;
                };
        if (baseline != null) {
            note(
                    RolloutNote.Kind.STARTED,
                    "Revision " + target.number() + " begins to take over from revision " + baseline.number() + " ("
                            + (phase == RolloutPhase.ROLLING
                                    ? "rolling"
                                    : rollout.strategy().text()) + ").");
        }
        RolloutState state = RolloutState.starting(number, target, baseline, phase, now);
        // Where nothing serves there is nothing to spare.
        return baseline != null && !view.servedBefore ? state.releasing(instances, now) : state;
    }

    /** Where no rollout has ended, the newest other revision with instances is what serves. */
    private @Nullable RevisionId servedSoFar(RevisionId target) {
        RevisionId newest = null;
        for (var instance : snapshot.placementsOf(intent.id())) {
            RevisionId revision = instance.placement().revision();
            if (!revision.equals(target) && (newest == null || newest.compareTo(revision) < 0)) {
                newest = revision;
            }
        }
        return known(newest);
    }

    private @Nullable RevisionId known(@Nullable RevisionId revision) {
        return revision != null && snapshot.revisions().containsKey(revision) ? revision : null;
    }

    private RolloutState advance(RolloutState before) {
        RolloutView view = new RolloutView(snapshot, intent.id(), before.target(), before.baseline());
        RolloutState state = before.paused() == commands.paused() ? before : before.pausedIs(commands.paused(), now);
        if (state.phase().isUndecided() && state.baseline() != null) {
            String cause = new RolloutJudge(policy, rollout, commands, measure, now).objection(state, view);
            if (cause != null) {
                note(
                        RolloutNote.Kind.FAILED,
                        "Revision " + state.target().number() + " is given up and revision "
                                + state.baseline().number() + " serves again: " + cause);
                RolloutState back = state.because(cause).in(RolloutPhase.ROLLING_BACK, now);
                return back.saying("Revision " + back.target().number() + " goes: " + cause);
            }
        }
        return switch (state.phase()) {
            case ROLLING -> rolling(state, view);
            case CANARY -> canary(state, view);
            case PREPARING -> preparing(state, view);
            case SWITCHED -> switched(state, view);
            case FINISHING -> finishing(state, view);
            case ROLLING_BACK -> rollingBack(state, view);
            case COMPLETED, ROLLED_BACK, SUPERSEDED -> state;
        };
    }

    private RolloutState rolling(RolloutState state, RolloutView view) {
        RollingPace pace = RollingPace.of(rollout, state, instances);
        if (state.baseline() == null) {
            RolloutState all = state.released() < instances ? state.releasing(instances, now) : state;
            boolean done = view.readyTargets >= instances && view.baselines.isEmpty() && view.others == 0;
            return done
                    ? completed(all.in(RolloutPhase.FINISHING, now))
                    : all.saying(view.readyTargets + " of " + instances + " instances of revision "
                            + state.target().number() + " answer.");
        }
        boolean promoted = promotionAsked(state);
        int released = Math.min(state.released(), instances);
        boolean steady = (released > 0 && view.readyTargets >= released) || instances == 0;
        RolloutState here = steady ? state.becameSteady(now) : state.lostSteadiness(now);
        if (promoted) {
            RolloutState next = here.promoted(commands.promotions());
            int count = commands.promotedWholly() ? instances : Math.min(instances, released + pace.batch());
            return rollingSays(released < instances ? next.releasing(count, now) : next, view, "");
        }
        if (state.paused()) {
            return rollingSays(here, view, "It is paused: resume it to go on.");
        }
        if (!steady) {
            int sliding = Math.min(instances, view.readyTargets + pace.batch());
            boolean slides = (pace.slides() && sliding > released) || released == 0;
            return rollingSays(
                    slides ? here.releasing(Math.max(sliding, Math.min(instances, pace.batch())), now) : here,
                    view,
                    "");
        }
        String wait = pace.waitsFor(here, measure, now);
        if (!wait.isEmpty()) {
            return rollingSays(here, view, wait);
        }
        if (released >= instances) {
            return finishing(here.in(RolloutPhase.FINISHING, now), view);
        }
        return rollingSays(here.releasing(Math.min(instances, released + pace.batch()), now), view, "");
    }

    private RolloutState rollingSays(RolloutState state, RolloutView view, String wait) {
        return state.saying((view.readyTargets + " of " + instances + " instances of revision "
                        + state.target().number() + " answer; " + view.readyBaselines + " of revision "
                        + number(state.baseline()) + " are left. " + wait)
                .strip());
    }

    private RolloutState canary(RolloutState state, RolloutView view) {
        Strategy.Canary canary = canarySteps();
        if (canary == null || state.step() >= canary.steps().size() || instances == 0) {
            return rolling(state.in(RolloutPhase.ROLLING, now), view);
        }
        Strategy.Step step = canary.steps().get(state.step());
        if (promotionAsked(state)) {
            RolloutState taken = state.promoted(commands.promotions());
            return commands.promotedWholly() ? toTheRest(taken, view) : nextStep(taken, canary, view, "was promoted");
        }
        List<?> uncovered = view.uncovered();
        boolean inForce =
                view.readyTargets >= canaryCount(step, view) && uncovered.isEmpty() && view.routesGive(step.weight());
        RolloutState here = inForce ? state.becameSteady(now) : state.lostSteadiness(now);
        String which = "Step " + (state.step() + 1) + " of " + canary.steps().size() + ": revision "
                + state.target().number();
        if (!inForce) {
            return here.saying(which + " is to get " + step.weight() + " % of the requests; " + view.readyTargets
                    + " of " + canaryCount(step, view) + " instances answer"
                    + (uncovered.isEmpty() ? "." : ", and it has none yet on " + join(uncovered) + "."));
        }
        String gets = which + " gets " + step.weight() + " % of the requests. ";
        if (state.paused()) {
            return here.saying(gets + "It is paused: resume it to go on.");
        }
        if (step.pause() == null) {
            return here.saying(gets + "It waits for somebody to promote it.");
        }
        Instant since = here.steadySince() == null ? now : here.steadySince();
        Instant until = since.plus(step.pause());
        if (now.isBefore(until)) {
            return here.saying(gets + "The next step follows at " + RolloutJudge.text(until) + ".");
        }
        String wait = RolloutJudge.tooFew(rollout.gates(), measure);
        return wait.isEmpty() ? nextStep(here, canary, view, "has passed") : here.saying(gets + wait);
    }

    private RolloutState nextStep(RolloutState state, Strategy.Canary canary, RolloutView view, String how) {
        note(
                RolloutNote.Kind.STEPPED,
                "Step " + (state.step() + 1) + " of the rollout of revision "
                        + state.target().number() + " " + how + ".");
        if (state.step() + 1 >= canary.steps().size()) {
            return toTheRest(state, view);
        }
        return canary(state.atStep(state.step() + 1, now), view);
    }

    /** All steps have passed: the rest follows in batches, or is there already. */
    private RolloutState toTheRest(RolloutState state, RolloutView view) {
        if (weightOf(state) == 100 && view.readyTargets >= instances) {
            return finishing(state.in(RolloutPhase.FINISHING, now), view);
        }
        return rolling(state.in(RolloutPhase.ROLLING, now).releasing(view.targets.size(), now), view);
    }

    private RolloutState preparing(RolloutState state, RolloutView view) {
        if (!(rollout.strategy() instanceof Strategy.BlueGreen green) || instances == 0) {
            return finishing(state.in(RolloutPhase.FINISHING, now), view);
        }
        boolean ready = view.readyTargets >= instances && view.uncovered().isEmpty() && view.routesGive(0);
        RolloutState here = ready ? state.becameSteady(now) : state.lostSteadiness(now);
        if (!ready) {
            return here.saying(view.readyTargets + " of " + instances + " instances of revision "
                    + state.target().number() + " answer beside revision " + number(state.baseline())
                    + (view.uncovered().isEmpty() ? "." : "; it has none yet on " + join(view.uncovered()) + "."));
        }
        boolean promoted = promotionAsked(state);
        if (!promoted && (!green.automatic() || state.paused())) {
            return here.saying("Revision " + state.target().number()
                    + " is ready and gets no request yet. It waits for somebody to "
                    + (state.paused() ? "resume" : "promote") + " it.");
        }
        note(
                RolloutNote.Kind.STEPPED,
                "All requests go to revision " + state.target().number() + " now; revision " + number(state.baseline())
                        + " is kept for " + RolloutJudge.text(green.keep()) + ".");
        RolloutState switched = here.promoted(commands.promotions()).in(RolloutPhase.SWITCHED, now);
        return switched.saying("All requests go to revision " + state.target().number() + ".");
    }

    private RolloutState switched(RolloutState state, RolloutView view) {
        if (!(rollout.strategy() instanceof Strategy.BlueGreen green) || instances == 0 || promotionAsked(state)) {
            return finishing(state.promoted(commands.promotions()).in(RolloutPhase.FINISHING, now), view);
        }
        boolean steady = view.readyTargets >= instances && view.routesGive(100);
        RolloutState here = steady ? state.becameSteady(now) : state.lostSteadiness(now);
        Instant since = here.steadySince();
        String serves = "All requests go to revision " + state.target().number() + "; revision "
                + number(state.baseline()) + " is kept";
        if (since == null) {
            return here.saying(serves + ". " + view.readyTargets + " of " + instances + " new instances answer.");
        }
        if (state.paused()) {
            return here.saying(serves + " until the rollout is resumed.");
        }
        Instant until = since.plus(green.keep());
        if (now.isBefore(until)) {
            return here.saying(serves + " until " + RolloutJudge.text(until) + "; abort switches back at once.");
        }
        return finishing(here.in(RolloutPhase.FINISHING, now), view);
    }

    private RolloutState finishing(RolloutState state, RolloutView view) {
        int left = view.baselines.size() + view.others;
        return view.readyTargets >= instances && left == 0
                ? completed(state)
                : state.saying(
                        "All instances are of revision " + state.target().number() + "; " + left + " older ones end.");
    }

    private RolloutState completed(RolloutState state) {
        String sentence = "Revision " + state.target().number() + " has taken over.";
        if (state.baseline() != null) {
            note(RolloutNote.Kind.COMPLETED, sentence);
        }
        return state.in(RolloutPhase.COMPLETED, now).saying(sentence);
    }

    private RolloutState rollingBack(RolloutState state, RolloutView view) {
        if (!view.targets.isEmpty() || view.readyBaselines < instances) {
            return state.saying(view.readyBaselines + " of " + instances + " instances of revision "
                    + number(state.baseline()) + " answer, and " + view.targets.size() + " of revision "
                    + state.target().number() + " are left. " + state.cause());
        }
        String sentence = "Revision " + number(state.baseline()) + " serves again. Revision "
                + state.target().number() + " was given up: " + state.cause();
        note(RolloutNote.Kind.ROLLED_BACK, sentence);
        return state.in(RolloutPhase.ROLLED_BACK, now).saying(sentence);
    }

    private RolloutDirective directive(RolloutState state) {
        RevisionSpec target = intent.current();
        RevisionId baselineId = state.baseline();
        RevisionSpec baseline = baselineId == null ? null : snapshot.revisions().get(baselineId);
        int surge = Math.max(1, instances / policy.surgeDivisor());
        if (baseline == null) {
            return state.isUnderWay()
                    ? new RolloutDirective(
                            target, instances, null, 0, instances + surge, 0, new RouteShares.Prefer(target.id()))
                    : steady(policy, intent, target);
        }
        return switch (state.phase()) {
            case ROLLING -> {
                RollingPace pace = RollingPace.of(rollout, state, instances);
                int released = Math.min(instances, state.released());
                yield new RolloutDirective(
                        target,
                        released,
                        baseline,
                        instances - released,
                        instances + pace.surge(),
                        pace.unavailable(),
                        new RouteShares.ByInstances(target.id(), canarySteps() == null ? 0 : weightOf(state)));
            }
            case CANARY -> {
                Strategy.Canary canary = canarySteps();
                RolloutView view = new RolloutView(snapshot, intent.id(), state.target(), baselineId);
                int count = canary == null ? 0 : canaryCount(canary.steps().get(state.step()), view);
                yield beside(target, count, baseline, weightOf(state));
            }
            case PREPARING -> beside(target, instances, baseline, 0);
            case SWITCHED -> beside(target, instances, baseline, 100);
            case FINISHING ->
                new RolloutDirective(
                        target,
                        instances,
                        null,
                        0,
                        instances + surge,
                        0,
                        state.released() == 0
                                ? new RouteShares.Exact(target.id(), 100)
                                : new RouteShares.Prefer(target.id()));
            case ROLLING_BACK ->
                new RolloutDirective(
                        baseline,
                        instances,
                        null,
                        0,
                        instances + surge,
                        0,
                        state.released() == 0
                                ? new RouteShares.Exact(state.target(), 0)
                                : new RouteShares.Prefer(baseline.id()));
            case ROLLED_BACK -> steady(policy, intent, baseline);
            case COMPLETED, SUPERSEDED -> steady(policy, intent, target);
        };
    }

    private RolloutDirective beside(RevisionSpec target, int count, RevisionSpec baseline, int weight) {
        return new RolloutDirective(
                target, count, baseline, instances, UNLIMITED, 0, new RouteShares.Exact(target.id(), weight));
    }

    /** As many as its share, and one on each node that serves the baseline, so that each node can keep to the share. */
    private int canaryCount(Strategy.Step step, RolloutView view) {
        int share = Math.ceilDiv(instances * step.weight(), 100);
        return Math.clamp(Math.max(share, view.baselineNodes()), 1, Math.max(1, instances));
    }

    private int weightOf(RolloutState state) {
        Strategy.Canary canary = canarySteps();
        return canary == null
                ? 0
                : canary.steps()
                        .get(Math.min(state.step(), canary.steps().size() - 1))
                        .weight();
    }

    private Strategy.@Nullable Canary canarySteps() {
        return rollout.strategy() instanceof Strategy.Canary canary ? canary : null;
    }

    private boolean promotionAsked(RolloutState state) {
        return commands.promotions() > state.promotions();
    }

    private static int number(@Nullable RevisionId revision) {
        return revision == null ? 0 : revision.number();
    }

    private static String join(List<?> nodes) {
        return String.join(", ", nodes.stream().map(String::valueOf).toList());
    }

    private void note(RolloutNote.Kind kind, String sentence) {
        notes.add(new RolloutNote(intent.id(), kind, sentence));
    }
}

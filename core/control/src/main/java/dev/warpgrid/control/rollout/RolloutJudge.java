package dev.warpgrid.control.rollout;

import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.PlacedInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says whether a new revision is to be given up, and why. */
record RolloutJudge(
        ControlPolicy policy, RolloutPolicy rollout, RolloutCommands commands, RevisionMeasure measure, Instant now) {

    /** The cause in one or two sentences; null where there is none. */
    @Nullable
    String objection(RolloutState state, RolloutView view) {
        if (commands.aborted()) {
            return commands.abortedBy() + " aborted the rollout.";
        }
        PlacedInstance crashing = view.hopeless(policy.hopelessRestarts());
        if (crashing != null) {
            return "Instance " + crashing.placement().instance() + " crashed again and again: " + reason(crashing);
        }
        PlacedInstance failed = view.failed();
        if (failed != null) {
            return "No instance of it can run: " + reason(failed);
        }
        String broken = broken(rollout.gates(), measure);
        if (!broken.isEmpty()) {
            return broken;
        }
        boolean late = !now.isBefore(state.progressAt().plus(rollout.deadline()));
        if (late && !state.paused() && state.steadySince() == null) {
            return "It made no progress for " + text(rollout.deadline()) + ": " + view.readyTargets + " of "
                    + view.targets.size() + " placed instances of it answer." + view.trouble();
        }
        return null;
    }

    /** What gate is broken, with both figures; empty for none. */
    static String broken(Gates gates, RevisionMeasure measure) {
        if (measure.requests() < gates.minimumRequests()) {
            return "";
        }
        Double errors = gates.maximumErrorPercent();
        if (errors != null && measure.errorPercent() > errors) {
            return "Its error rate is " + figure(measure.errorPercent()) + " % of " + measure.requests()
                    + " requests, and at most " + figure(errors) + " % are allowed.";
        }
        Duration p99 = gates.maximumP99();
        if (p99 != null && measure.p99Millis() > p99.toNanos() / 1e6) {
            return "99 % of its " + measure.requests() + " requests took up to " + figure(measure.p99Millis())
                    + " ms, and at most " + p99.toMillis() + " ms are allowed.";
        }
        return "";
    }

    /** That the gates cannot be judged yet; empty where they can. */
    static String tooFew(Gates gates, RevisionMeasure measure) {
        return gates.any() && measure.requests() < gates.minimumRequests()
                ? "Its gates need " + gates.minimumRequests() + " requests and it had " + measure.requests()
                        + ": it waits for more, or for somebody to promote it."
                : "";
    }

    private static String reason(PlacedInstance instance) {
        String reason = instance.reason().strip();
        return reason.isEmpty() ? "its agent gave no reason." : reason;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}

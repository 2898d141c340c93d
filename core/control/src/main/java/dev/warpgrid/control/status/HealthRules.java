package dev.warpgrid.control.status;

import dev.warpgrid.control.replica.Reason;
import dev.warpgrid.control.rollout.RolloutPhase;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.InstanceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * READY: all asked for answer and are up to date. PROGRESSING: not yet, and nothing stands in the way. DEGRADED and
 * UNAVAILABLE: something stands in the way, and some or none answer.
 */
public final class HealthRules {
    private HealthRules() {}

    /**
     * @param rollout the deployment's newest; null where there was none
     * @param reasons of the last decision; those of other deployments are passed over
     */
    public static DeploymentHealth judge(
            GridSnapshot snapshot, DeploymentIntent intent, @Nullable RolloutState rollout, List<Reason> reasons) {
        if (rollout == null
                || rollout.baseline() == null
                || rollout.phase() == RolloutPhase.COMPLETED
                || !rollout.target().equals(intent.current().id())) {
            return judge(snapshot, intent, reasons);
        }
        RevisionSpec former = snapshot.revisions().get(rollout.baseline());
        if (rollout.phase() == RolloutPhase.ROLLED_BACK && former != null) {
            DeploymentIntent effective = new DeploymentIntent(
                    intent.id(), intent.version(), intent.instances(), intent.restartEpoch(), former);
            DeploymentHealth health = judge(snapshot, effective, reasons);
            boolean serves = health.level() == DeploymentHealth.Level.READY;
            String remedy = " Deploy a corrected revision, or try this one again.";
            return withSentence(
                    serves ? DeploymentHealth.Level.DEGRADED : health.level(),
                    health,
                    (serves ? "" : health.sentence() + " ") + rollout.sentence() + remedy);
        }
        DeploymentHealth health = judge(snapshot, intent, reasons);
        boolean enough = health.ready() >= intent.instances();
        return withSentence(
                enough ? DeploymentHealth.Level.PROGRESSING : health.level(),
                health,
                enough ? rollout.sentence() : health.sentence() + " " + rollout.sentence());
    }

    private static DeploymentHealth withSentence(
            DeploymentHealth.Level level, DeploymentHealth health, String sentence) {
        List<DeploymentHealth.Aspect> aspects = new ArrayList<>();
        for (DeploymentHealth.Aspect aspect : health.aspects()) {
            aspects.add(
                    switch (aspect.type()) {
                        case "Ready" -> new DeploymentHealth.Aspect("Ready", false, sentence);
                        case "UpToDate" -> new DeploymentHealth.Aspect("UpToDate", false, sentence);
                        default -> aspect;
                    });
        }
        return new DeploymentHealth(level, sentence, health.ready(), aspects);
    }

    /** @param reasons of the last decision; those of other deployments are passed over */
    public static DeploymentHealth judge(GridSnapshot snapshot, DeploymentIntent intent, List<Reason> reasons) {
        List<PlacedInstance> placed = snapshot.placementsOf(intent.id());
        List<PlacedInstance> current =
                placed.stream().filter(instance -> isCurrent(intent, instance)).toList();
        int ready = (int) placed.stream().filter(snapshot::isReady).count();
        int readyCurrent = (int) current.stream().filter(snapshot::isReady).count();
        int asked = intent.instances();
        boolean upToDate = current.size() == placed.size();
        boolean whole = readyCurrent >= asked && upToDate;
        String trouble = trouble(snapshot, intent, placed, reasons);
        DeploymentHealth.Level level;
        if (whole && current.size() == asked) {
            level = DeploymentHealth.Level.READY;
        } else if (trouble == null) {
            level = DeploymentHealth.Level.PROGRESSING;
        } else if (ready > 0) {
            level = DeploymentHealth.Level.DEGRADED;
        } else {
            level = asked == 0 ? DeploymentHealth.Level.PROGRESSING : DeploymentHealth.Level.UNAVAILABLE;
        }
        String sentence = sentence(intent, level, ready, readyCurrent, placed.size() - current.size(), trouble);
        return new DeploymentHealth(
                level, sentence, ready, aspects(intent, placed, current, whole, upToDate, sentence, trouble));
    }

    private static boolean isCurrent(DeploymentIntent intent, PlacedInstance instance) {
        return instance.placement().revision().equals(intent.current().id())
                && instance.placement().restartEpoch() == intent.restartEpoch();
    }

    private static String sentence(
            DeploymentIntent intent,
            DeploymentHealth.Level level,
            int ready,
            int readyCurrent,
            int outdated,
            @Nullable String trouble) {
        int asked = intent.instances();
        return switch (level) {
            case READY ->
                asked == 0
                        ? "It runs no instance, as asked: scale it up to serve requests."
                        : all(asked) + " " + verb(asked) + ".";
            case PROGRESSING ->
                outdated > 0
                        ? readyCurrent + " of " + asked + " up-to-date instances answer, and " + outdated + " older "
                                + (outdated == 1 ? "one is" : "ones are") + " being replaced."
                        : ready + " of " + asked + " instances answer; the rest is starting.";
            case DEGRADED -> ready + " of " + asked + " instances answer. " + trouble;
            case UNAVAILABLE -> "No instance answers. " + trouble;
        };
    }

    private static String all(int count) {
        return count == 1 ? "The only instance" : "All " + count + " instances";
    }

    private static String verb(int count) {
        return count == 1 ? "answers" : "answer";
    }

    /** What stands in the way, with the remedy; null for nothing. The gravest comes first. */
    private static @Nullable String trouble(
            GridSnapshot snapshot, DeploymentIntent intent, List<PlacedInstance> placed, List<Reason> reasons) {
        for (Reason reason : reasons) {
            if (reason.deployment().equals(intent.id()) && reason.kind() == Reason.Kind.UNPLACEABLE) {
                return reason.sentence();
            }
        }
        PlacedInstance failed = firstObserved(snapshot, placed, InstanceState.FAILED);
        if (failed != null) {
            return "Instance " + failed.placement().instance() + " cannot run on node "
                    + failed.placement().node() + because(failed) + " Apply a revision that can, or add a node.";
        }
        PlacedInstance crashed = firstObserved(snapshot, placed, InstanceState.BACKING_OFF);
        if (crashed != null) {
            return "Instance " + crashed.placement().instance() + " crashed" + because(crashed)
                    + " It is being started again; see its logs for the cause.";
        }
        for (PlacedInstance instance : placed) {
            NodeState node = snapshot.stateOf(instance.placement().node());
            if (node == NodeState.LOST) {
                return "Node " + instance.placement().node()
                        + " is lost and its instances are being replaced; bring it back or delete it.";
            }
            if (node == NodeState.SUSPECTED) {
                return "Node " + instance.placement().node()
                        + " has not been heard for a moment; what runs there is not known.";
            }
        }
        return null;
    }

    private static String because(PlacedInstance instance) {
        String reason = instance.reason().strip();
        if (reason.isEmpty()) {
            return ".";
        }
        return ": " + reason + (reason.endsWith(".") ? "" : ".");
    }

    private static @Nullable PlacedInstance firstObserved(
            GridSnapshot snapshot, List<PlacedInstance> placed, InstanceState state) {
        for (PlacedInstance instance : placed) {
            if (instance.isObservedAs(state)
                    && snapshot.stateOf(instance.placement().node()) != NodeState.LOST) {
                return instance;
            }
        }
        return null;
    }

    private static List<DeploymentHealth.Aspect> aspects(
            DeploymentIntent intent,
            List<PlacedInstance> placed,
            List<PlacedInstance> current,
            boolean whole,
            boolean upToDate,
            String sentence,
            @Nullable String trouble) {
        int missing = Math.max(0, intent.instances() - current.size());
        List<DeploymentHealth.Aspect> aspects = new ArrayList<>();
        aspects.add(new DeploymentHealth.Aspect("Ready", whole, sentence));
        aspects.add(new DeploymentHealth.Aspect(
                "Placed",
                missing == 0,
                missing == 0
                        ? "Each instance has its node."
                        : missing + " of " + intent.instances() + " instances have no node yet."
                                + (trouble == null ? "" : " " + trouble)));
        aspects.add(new DeploymentHealth.Aspect(
                "UpToDate",
                upToDate,
                upToDate
                        ? "No older instance is left."
                        : placed.size() - current.size() + " older instances are still there."));
        return aspects;
    }
}

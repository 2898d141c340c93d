package dev.warpgrid.control.replica;

import dev.warpgrid.control.placement.Ledger;
import dev.warpgrid.control.placement.PlacementDecision;
import dev.warpgrid.control.placement.Scheduler;
import dev.warpgrid.control.rollout.RolloutDirective;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One deployment in one step of the controller. Made for one run and thrown away. */
final class DeploymentStep {
    private final ControlPolicy policy;
    private final GridSnapshot snapshot;
    private final Ledger ledger;
    private final DeploymentIntent intent;
    private final RolloutDirective directive;
    private final Instant now;
    private final InstanceIds ids;
    private final Census census;
    private final List<Action> actions = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final SortedSet<NodeId> failedNow = new TreeSet<>();
    private final SortedSet<NodeId> placedNow = new TreeSet<>();
    private final SortedSet<InstanceId> retiring = new TreeSet<>();

    DeploymentStep(
            ControlPolicy policy,
            GridSnapshot snapshot,
            Ledger ledger,
            DeploymentIntent intent,
            RolloutDirective directive,
            Instant now,
            InstanceIds ids) {
        this.policy = policy;
        this.snapshot = snapshot;
        this.ledger = ledger;
        this.intent = intent;
        this.directive = directive;
        this.now = now;
        this.ids = ids;
        this.census = Census.take(policy, snapshot, intent, directive);
    }

    List<Action> actions() {
        return actions;
    }

    List<Reason> reasons() {
        return reasons;
    }

    /** Instances that go as soon as routes no longer lead to them. */
    SortedSet<InstanceId> retiring() {
        return retiring;
    }

    /** Decides, and answers what to remember of failures; null for nothing. */
    @Nullable
    Setback run(@Nullable Setback before) {
        Setback setback = stillCounts(before) ? before : null;
        census.homeless.forEach(placement -> remove(placement, Action.Cause.NODE_DELETED, "its node was deleted"));
        census.hopeless.forEach(placement -> remove(
                placement,
                Action.Cause.OUTDATED,
                "it belongs to " + describe(placement) + " and does not run; " + describeCurrent() + " replaces it"));
        removeSurplus();
        removeOutdated();
        fill(setback);
        fillKept(setback);
        return failedNow.isEmpty() ? setback : remember(setback);
    }

    private boolean stillCounts(@Nullable Setback setback) {
        return setback != null
                && setback.revision().equals(directive.target().id())
                && now.isBefore(setback.lastAt().plus(policy.failureMemory()));
    }

    private Setback remember(@Nullable Setback before) {
        int attempts = before == null ? 1 : before.attempts() + 1;
        SortedSet<NodeId> nodes = new TreeSet<>(failedNow);
        if (before != null) {
            nodes.addAll(before.nodes());
        }
        return new Setback(directive.target().id(), attempts, now, now.plus(policy.backoffAfter(attempts)), nodes);
    }

    /** More of the current revision than asked for. Only what is known to be there is counted and taken. */
    private void removeSurplus() {
        int asked = directive.wantedTarget();
        Census.Group group = census.current;
        String why = "the deployment is to run " + count(asked)
                + (asked == intent.instances() ? "" : " of " + describeCurrent() + " for now");
        if (group.standing() >= asked) {
            group.failed.forEach(failed -> remove(failed.placement(), Action.Cause.SCALED_DOWN, why));
            group.lost.forEach(placement -> remove(placement, Action.Cause.SCALED_DOWN, why));
            group.failed.clear();
            group.lost.clear();
        }
        int surplus = group.ready.size() + group.waiting.size() - asked;
        List<Placement> candidates = new ArrayList<>(group.waiting);
        candidates.addAll(group.ready);
        for (Placement placement : candidates.subList(0, Math.clamp(surplus, 0, candidates.size()))) {
            remove(placement, Action.Cause.SCALED_DOWN, why);
            group.waiting.remove(placement);
            group.ready.remove(placement);
        }
    }

    /** Outdated instances go as current ones become ready, those that do not answer first. */
    private void removeOutdated() {
        Census.Group old = census.outdated;
        Census.Group kept = census.kept;
        int floor = Math.max(0, intent.instances() - directive.maxUnavailable() - census.current.ready.size());
        int known = old.waiting.size() + old.ready.size() + kept.waiting.size() + kept.ready.size();
        int removable = known - Math.max(directive.wantedBaseline(), floor);
        int removableReady = old.ready.size() + kept.ready.size() - floor;
        removable -= removeWaiting(old, removable);
        removable -= removeWaiting(kept, Math.min(removable, surplusKept()));
        int removed = removeReady(old, Math.min(removable, removableReady));
        removeReady(kept, Math.min(Math.min(removable, removableReady) - removed, surplusKept()));
        if (census.current.standing() + kept.standing() >= intent.instances()) {
            removeLost(old);
        }
        if (kept.standing() >= directive.wantedBaseline()) {
            removeLost(kept);
        }
    }

    private int surplusKept() {
        return census.kept.waiting.size() + census.kept.ready.size() - directive.wantedBaseline();
    }

    private void removeLost(Census.Group group) {
        group.lost.forEach(placement -> remove(placement, Action.Cause.OUTDATED, takenOver()));
        group.lost.clear();
    }

    private int removeWaiting(Census.Group group, int most) {
        int removed = 0;
        for (Placement placement : List.copyOf(group.waiting)) {
            if (removed < most) {
                remove(placement, Action.Cause.OUTDATED, takenOver());
                group.waiting.remove(placement);
                removed++;
            }
        }
        return removed;
    }

    /** @return how many went or are about to */
    private int removeReady(Census.Group group, int most) {
        int removed = 0;
        SortedMap<NodeId, Integer> readyLeft = new TreeMap<>();
        group.ready.forEach(placement -> readyLeft.merge(placement.node(), 1, Integer::sum));
        for (Placement placement : List.copyOf(group.ready)) {
            if (removed >= most) {
                break;
            }
            removed++;
            if (readyLeft.getOrDefault(placement.node(), 0) > 1 || routesHaveShifted(placement)) {
                remove(placement, Action.Cause.OUTDATED, takenOver());
                group.ready.remove(placement);
                readyLeft.merge(placement.node(), -1, Integer::sum);
            } else {
                retiring.add(placement.instance());
                waiting("Instance " + placement.instance() + " stays until node " + placement.node()
                        + " sends its requests to others.");
            }
        }
        return removed;
    }

    private String takenOver() {
        return describeCurrent() + " has taken over";
    }

    /** The last instance of a revision on a node stays while the node's routes still lead to it. */
    private boolean routesHaveShifted(Placement last) {
        if (last.revision().equals(directive.target().id())) {
            return true;
        }
        boolean anotherIsThere = isReadyThere(census.current, last) || isReadyThere(census.kept, last);
        NodeSnapshot node = snapshot.nodes().get(last.node());
        return !anotherIsThere || (node != null && node.settled() && node.weightOf(intent.id(), last.revision()) == 0);
    }

    private static boolean isReadyThere(Census.Group group, Placement last) {
        return group.ready.stream()
                .anyMatch(placement -> placement.node().equals(last.node())
                        && !placement.revision().equals(last.revision()));
    }

    private void fill(@Nullable Setback setback) {
        int missing = directive.wantedTarget() - census.current.standing();
        int oldStanding = census.outdated.standing() + census.kept.standing();
        int room = directive.ceiling() - census.current.standing() - oldStanding;
        int starts = oldStanding == 0 ? missing : Math.min(missing, room);
        List<Placement> lost = new ArrayList<>(census.current.lost);
        lost.addAll(census.outdated.lost);
        List<PlacedInstance> failed = new ArrayList<>(census.current.failed);
        for (int i = 0; i < starts; i++) {
            boolean goesOn = !lost.isEmpty()
                    ? replaceLost(lost.removeFirst(), setback)
                    : !failed.isEmpty()
                            ? replaceFailed(failed.removeFirst(), setback)
                            : placeOneMore(directive.target(), setback);
            if (!goesOn) {
                return;
            }
        }
    }

    /** What is kept beside the current revision is started again where it was lost. */
    private void fillKept(@Nullable Setback setback) {
        RevisionSpec baseline = directive.baseline();
        int outdated = census.outdated.standing();
        int surge = Math.max(1, intent.instances() / policy.surgeDivisor());
        int room = directive.wantedBaseline() + surge - census.kept.standing() - outdated;
        int gone = directive.wantedBaseline() - census.kept.standing();
        int missing = outdated == 0 ? gone : Math.min(gone, room);
        List<Placement> lost = new ArrayList<>(census.kept.lost);
        for (int i = 0; baseline != null && i < missing; i++) {
            boolean goesOn = lost.isEmpty()
                    ? placeOneMore(baseline, setback)
                    : replace(
                            baseline,
                            lost.removeFirst(),
                            Action.Cause.NODE_LOST,
                            "its node is lost and the revision is still needed",
                            setback);
            if (!goesOn) {
                return;
            }
        }
    }

    private boolean replaceLost(Placement old, @Nullable Setback setback) {
        return replace(directive.target(), old, Action.Cause.NODE_LOST, "node " + old.node() + " is lost", setback);
    }

    private boolean replaceFailed(PlacedInstance old, @Nullable Setback setback) {
        Placement placement = old.placement();
        if (setback != null && now.isBefore(setback.retryAt())) {
            waiting("Instance " + placement.instance() + " cannot run on node " + placement.node() + because(old)
                    + "; attempt " + (setback.attempts() + 1) + " follows at " + setback.retryAt() + ".");
            return false;
        }
        failedNow.add(placement.node());
        boolean replaced = replace(
                directive.target(),
                placement,
                Action.Cause.CANNOT_RUN,
                "it cannot run on node " + placement.node() + because(old),
                setback);
        if (!replaced) {
            failedNow.remove(placement.node());
        }
        return replaced;
    }

    private static String because(PlacedInstance instance) {
        String reason = instance.reason().strip();
        String bare = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        return bare.isEmpty() ? "" : " (" + bare + ")";
    }

    private boolean replace(RevisionSpec by, Placement old, Action.Cause cause, String why, @Nullable Setback setback) {
        ledger.remove(old);
        PlacementDecision decision = schedule(by, setback);
        return switch (decision) {
            case PlacementDecision.Placed placed -> {
                Placement fresh = newPlacement(by, placed.node());
                String sentence = "Instance " + fresh.instance() + " replaces " + old.instance() + " because " + why
                        + ". " + placed.sentence();
                actions.add(new Action.Replace(intent.id(), intent.version(), old, fresh, cause, sentence));
                reasons.add(new Reason(intent.id(), Reason.Kind.REPLACED, sentence, placed.verdicts()));
                ledger.add(fresh);
                yield true;
            }
            case PlacementDecision.Unplaceable unplaceable -> {
                ledger.add(old);
                refuse(unplaceable);
                yield false;
            }
        };
    }

    private boolean placeOneMore(RevisionSpec by, @Nullable Setback setback) {
        return switch (schedule(by, setback)) {
            case PlacementDecision.Placed placed -> {
                Placement fresh = newPlacement(by, placed.node());
                String sentence = "Instance " + fresh.instance() + " of " + describe(fresh) + " starts on node "
                        + placed.node() + ". " + placed.sentence();
                actions.add(new Action.Place(intent.id(), intent.version(), fresh, sentence));
                reasons.add(new Reason(intent.id(), Reason.Kind.PLACED, sentence, placed.verdicts()));
                ledger.add(fresh);
                yield true;
            }
            case PlacementDecision.Unplaceable unplaceable -> {
                refuse(unplaceable);
                yield false;
            }
        };
    }

    private PlacementDecision schedule(RevisionSpec revision, @Nullable Setback setback) {
        SortedSet<NodeId> serving = new TreeSet<>();
        SortedSet<NodeId> failed = new TreeSet<>(failedNow);
        if (revision.id().equals(directive.target().id())) {
            census.outdated.ready.forEach(placement -> serving.add(placement.node()));
            census.kept.ready.forEach(placement -> serving.add(placement.node()));
            census.current.ready.forEach(placement -> serving.remove(placement.node()));
            census.current.waiting.forEach(placement -> serving.remove(placement.node()));
            serving.removeAll(placedNow);
            census.current.failed.forEach(
                    instance -> failed.add(instance.placement().node()));
            if (setback != null) {
                failed.addAll(setback.nodes());
            }
        }
        return Scheduler.place(snapshot, ledger, revision, serving, failed);
    }

    private Placement newPlacement(RevisionSpec revision, NodeId node) {
        if (revision.id().equals(directive.target().id())) {
            placedNow.add(node);
        }
        return new Placement(
                ids.next(intent.id()), revision.id(), intent.restartEpoch(), node, revision.memoryBytes(), now);
    }

    private void remove(Placement placement, Action.Cause cause, String why) {
        String sentence = "Instance " + placement.instance() + " goes because " + why + ".";
        actions.add(new Action.Remove(intent.id(), intent.version(), placement, cause, sentence));
        reasons.add(new Reason(intent.id(), Reason.Kind.REMOVED, sentence, List.of()));
        ledger.remove(placement);
    }

    private void refuse(PlacementDecision.Unplaceable unplaceable) {
        reasons.add(new Reason(intent.id(), Reason.Kind.UNPLACEABLE, unplaceable.sentence(), unplaceable.verdicts()));
    }

    private void waiting(String sentence) {
        reasons.add(new Reason(intent.id(), Reason.Kind.WAITING, sentence, List.of()));
    }

    private String describeCurrent() {
        return "revision " + directive.target().id().number();
    }

    private static String describe(Placement placement) {
        return "revision " + placement.revision().number();
    }

    private static String count(int instances) {
        return instances == 1 ? "1 instance" : instances + " instances";
    }
}

package dev.warpgrid.control.replica;

import dev.warpgrid.control.placement.Ledger;
import dev.warpgrid.control.placement.PlacementDecision;
import dev.warpgrid.control.placement.Scheduler;
import dev.warpgrid.control.snapshot.ControlPolicy;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.snapshot.Placement;
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
    private final Instant now;
    private final InstanceIds ids;
    private final Census census;
    private final List<Action> actions = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final SortedSet<NodeId> failedNow = new TreeSet<>();

    DeploymentStep(
            ControlPolicy policy,
            GridSnapshot snapshot,
            Ledger ledger,
            DeploymentIntent intent,
            Instant now,
            InstanceIds ids) {
        this.policy = policy;
        this.snapshot = snapshot;
        this.ledger = ledger;
        this.intent = intent;
        this.now = now;
        this.ids = ids;
        this.census = Census.take(policy, snapshot, intent);
    }

    List<Action> actions() {
        return actions;
    }

    List<Reason> reasons() {
        return reasons;
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
        return failedNow.isEmpty() ? setback : remember(setback);
    }

    private boolean stillCounts(@Nullable Setback setback) {
        return setback != null
                && setback.revision().equals(intent.current().id())
                && now.isBefore(setback.lastAt().plus(policy.failureMemory()));
    }

    private Setback remember(@Nullable Setback before) {
        int attempts = before == null ? 1 : before.attempts() + 1;
        SortedSet<NodeId> nodes = new TreeSet<>(failedNow);
        if (before != null) {
            nodes.addAll(before.nodes());
        }
        return new Setback(intent.current().id(), attempts, now, now.plus(policy.backoffAfter(attempts)), nodes);
    }

    /** More of the current revision than asked for. Only what is known to be there is counted and taken. */
    private void removeSurplus() {
        int asked = intent.instances();
        Census.Group group = census.current;
        String why = "the deployment is to run " + count(asked);
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
        int keep = Math.max(0, intent.instances() - census.current.ready.size());
        int removable = old.waiting.size() + old.ready.size() - keep;
        String why = describeCurrent() + " has taken over";
        SortedMap<NodeId, Integer> readyLeft = new TreeMap<>();
        old.ready.forEach(placement -> readyLeft.merge(placement.node(), 1, Integer::sum));
        for (Placement placement : List.copyOf(old.waiting)) {
            if (removable > 0) {
                remove(placement, Action.Cause.OUTDATED, why);
                old.waiting.remove(placement);
                removable--;
            }
        }
        for (Placement placement : List.copyOf(old.ready)) {
            if (removable <= 0) {
                break;
            }
            if (readyLeft.getOrDefault(placement.node(), 0) > 1 || routesHaveShifted(placement)) {
                remove(placement, Action.Cause.OUTDATED, why);
                old.ready.remove(placement);
                readyLeft.merge(placement.node(), -1, Integer::sum);
                removable--;
            } else {
                waiting("Instance " + placement.instance() + " stays until node " + placement.node()
                        + " sends its requests to " + describeCurrent() + ".");
            }
        }
        if (census.current.standing() >= intent.instances()) {
            old.lost.forEach(placement -> remove(placement, Action.Cause.OUTDATED, why));
            old.lost.clear();
        }
    }

    /** The last outdated instance of a node stays while the node's routes still lead to it. */
    private boolean routesHaveShifted(Placement last) {
        if (last.revision().equals(intent.current().id())) {
            return true;
        }
        boolean currentIsThere = census.current.ready.stream()
                .anyMatch(placement -> placement.node().equals(last.node()));
        NodeSnapshot node = snapshot.nodes().get(last.node());
        return !currentIsThere
                || (node != null
                        && node.settled()
                        && intent.current().id().equals(node.served().get(intent.id())));
    }

    private void fill(@Nullable Setback setback) {
        int missing = intent.instances() - census.current.standing();
        int oldStanding = census.outdated.standing();
        int surge = Math.max(1, intent.instances() / policy.surgeDivisor());
        int room = intent.instances() + surge - census.current.standing() - oldStanding;
        int starts = oldStanding == 0 ? missing : Math.min(missing, room);
        List<Placement> lost = new ArrayList<>(census.current.lost);
        lost.addAll(census.outdated.lost);
        List<PlacedInstance> failed = new ArrayList<>(census.current.failed);
        for (int i = 0; i < starts; i++) {
            boolean goesOn = !lost.isEmpty()
                    ? replaceLost(lost.removeFirst(), setback)
                    : !failed.isEmpty() ? replaceFailed(failed.removeFirst(), setback) : placeOneMore(setback);
            if (!goesOn) {
                return;
            }
        }
    }

    private boolean replaceLost(Placement old, @Nullable Setback setback) {
        return replace(old, Action.Cause.NODE_LOST, "node " + old.node() + " is lost", setback);
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

    private boolean replace(Placement old, Action.Cause cause, String why, @Nullable Setback setback) {
        ledger.remove(old);
        PlacementDecision decision = schedule(setback);
        return switch (decision) {
            case PlacementDecision.Placed placed -> {
                Placement fresh = newPlacement(placed.node());
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

    private boolean placeOneMore(@Nullable Setback setback) {
        return switch (schedule(setback)) {
            case PlacementDecision.Placed placed -> {
                Placement fresh = newPlacement(placed.node());
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

    private PlacementDecision schedule(@Nullable Setback setback) {
        SortedSet<NodeId> serving = new TreeSet<>();
        census.outdated.ready.forEach(placement -> serving.add(placement.node()));
        census.current.ready.forEach(placement -> serving.remove(placement.node()));
        census.current.waiting.forEach(placement -> serving.remove(placement.node()));
        SortedSet<NodeId> failed = new TreeSet<>(failedNow);
        census.current.failed.forEach(
                instance -> failed.add(instance.placement().node()));
        if (setback != null) {
            failed.addAll(setback.nodes());
        }
        return Scheduler.place(snapshot, ledger, intent.current(), serving, failed);
    }

    private Placement newPlacement(NodeId node) {
        return new Placement(
                ids.next(intent.id()),
                intent.current().id(),
                intent.restartEpoch(),
                node,
                intent.current().memoryBytes(),
                now);
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
        return "revision " + intent.current().id().number();
    }

    private static String describe(Placement placement) {
        return "revision " + placement.revision().number();
    }

    private static String count(int instances) {
        return instances == 1 ? "1 instance" : instances + " instances";
    }
}

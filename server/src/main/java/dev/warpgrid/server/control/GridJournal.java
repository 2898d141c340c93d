package dev.warpgrid.server.control;

import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.replica.Reason;
import dev.warpgrid.control.rollout.RolloutNote;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.NodeSnapshot;
import dev.warpgrid.control.snapshot.NodeState;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.server.observe.FactChange;
import dev.warpgrid.server.store.NewEvent;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Says as events what was decided and what happened, each thing once. Used by one thread, but for {@link #facts}. */
final class GridJournal {
    private final Consumer<NewEvent> events;
    private final SortedMap<NodeId, NodeState> nodes = new TreeMap<>();
    private final SortedMap<DeploymentId, String> refusals = new TreeMap<>();

    GridJournal(Consumer<NewEvent> events) {
        this.events = events;
    }

    void step(GridSnapshot snapshot, List<Action> written, List<Reason> reasons) {
        written.forEach(this::action);
        refusals(reasons);
        nodes(snapshot);
    }

    /** @param written whose rollouts were; what was decided for others is decided anew */
    void rollouts(List<RolloutNote> notes, SortedSet<DeploymentId> written) {
        for (RolloutNote note : notes) {
            if (written.contains(note.deployment())) {
                Severity severity = switch (note.kind()) {
                    case STARTED, STEPPED, COMPLETED, SUPERSEDED -> Severity.INFO;
                    case FAILED -> Severity.ERROR;
                    case ROLLED_BACK -> Severity.WARNING;
                };
                String reason = switch (note.kind()) {
                    case STARTED -> "RolloutStarted";
                    case STEPPED -> "RolloutStepped";
                    case COMPLETED -> "RolloutCompleted";
                    case FAILED -> "RolloutFailed";
                    case ROLLED_BACK -> "RolloutRolledBack";
                    case SUPERSEDED -> "RolloutSuperseded";
                };
                events.accept(NewEvent.of(severity, reason, note.sentence()).about(note.deployment()));
            }
        }
    }

    private void action(Action action) {
        switch (action) {
            case Action.Place place -> tell(Severity.INFO, "InstancePlaced", action, place.placement());
            case Action.Remove remove -> tell(Severity.INFO, "InstanceRemoved", action, remove.placement());
            case Action.Replace replace -> tell(Severity.WARNING, "InstanceReplaced", action, replace.placement());
        }
    }

    private void tell(Severity severity, String reason, Action action, Placement placement) {
        events.accept(NewEvent.of(severity, reason, action.sentence())
                .about(action.deployment())
                .about(placement.instance())
                .on(placement.node()));
    }

    /** A refusal is told when it begins or its cause changes, not with each step. */
    private void refusals(List<Reason> reasons) {
        SortedMap<DeploymentId, String> now = new TreeMap<>();
        for (Reason reason : reasons) {
            if (reason.kind() == Reason.Kind.UNPLACEABLE) {
                now.putIfAbsent(reason.deployment(), reason.sentence());
            }
        }
        now.forEach((deployment, sentence) -> {
            if (!sentence.equals(refusals.get(deployment))) {
                events.accept(NewEvent.of(Severity.WARNING, "InstanceUnplaceable", sentence)
                        .about(deployment));
            }
        });
        refusals.clear();
        refusals.putAll(now);
    }

    private void nodes(GridSnapshot snapshot) {
        for (NodeSnapshot node : snapshot.nodes().values()) {
            if (node.state() == NodeState.SUSPECTED) {
                continue;
            }
            NodeState before = nodes.put(node.id(), node.state());
            if (node.state() == NodeState.LOST && before != NodeState.LOST) {
                events.accept(NewEvent.of(
                                Severity.ERROR,
                                "NodeLost",
                                "Node " + node.id()
                                        + " has ended or is not heard any more, and counts as lost; its instances are replaced where there is room.")
                        .on(node.id()));
            } else if (node.state() == NodeState.READY && before == NodeState.LOST) {
                events.accept(NewEvent.of(Severity.INFO, "NodeReturned", "Node " + node.id() + " is back.")
                        .on(node.id()));
            }
        }
        nodes.keySet().retainAll(snapshot.nodes().keySet());
    }

    /** What agents report of their instances. */
    void facts(FactChange change) {
        for (FactChange.Transition transition : change.transitions()) {
            InstanceFact now = transition.now();
            String where = "Instance " + now.instance() + " on node " + now.node();
            switch (now.state()) {
                case RUNNING -> tell(Severity.INFO, "InstanceRunning", where + " answers.", now);
                case BACKING_OFF -> tell(Severity.WARNING, "InstanceCrashed", where + " crashed" + because(now), now);
                case FAILED -> tell(Severity.ERROR, "InstanceFailed", where + " cannot run" + because(now), now);
                case STOPPED -> tell(Severity.INFO, "InstanceStopped", where + " has stopped" + because(now), now);
                case PENDING, STARTING, DRAINING -> {}
            }
        }
    }

    private static String because(InstanceFact fact) {
        String reason = fact.reason().strip();
        return reason.isEmpty() ? "." : ": " + reason + (reason.endsWith(".") ? "" : ".");
    }

    private void tell(Severity severity, String reason, String message, InstanceFact fact) {
        events.accept(NewEvent.of(severity, reason, message)
                .about(fact.revision().deployment())
                .about(fact.instance())
                .on(fact.node()));
    }
}

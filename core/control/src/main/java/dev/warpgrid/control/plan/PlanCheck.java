package dev.warpgrid.control.plan;

import dev.warpgrid.control.replica.Action;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parts the sound actions of a plan from those that the world has overtaken: another version of the deployment, a node
 * that is gone or full, an instance that is gone or already there. Actions are checked in their order, each with those
 * before it taken as done.
 */
public final class PlanCheck {
    private final CommitView view;
    private final SortedMap<InstanceId, CommitView.Reserved> placements;
    private final SortedMap<NodeId, Long> reserved = new TreeMap<>();

    private PlanCheck(CommitView view) {
        this.view = view;
        this.placements = new TreeMap<>(view.placements());
        placements.values().forEach(share -> reserved.merge(share.node(), share.bytes(), Long::sum));
    }

    public static Checked check(List<Action> actions, CommitView view) {
        PlanCheck check = new PlanCheck(view);
        List<Action> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Action action : actions) {
            String objection = check.objectionTo(action);
            if (objection == null) {
                check.apply(action);
                accepted.add(action);
            } else {
                refused.add(new Refused(action, objection));
            }
        }
        return new Checked(accepted, refused);
    }

    /** What may be written, in the plan's order, and what may not. */
    public record Checked(List<Action> accepted, List<Refused> refused) {
        public Checked {
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /** @param sentence why; the next step decides anew */
    public record Refused(Action action, String sentence) {}

    private @Nullable String objectionTo(Action action) {
        long present = view.deploymentVersions().getOrDefault(action.deployment(), Action.GONE);
        if (present != action.deploymentVersion()) {
            return "Deployment " + action.deployment() + " changed from version " + action.deploymentVersion() + " to "
                    + present + " while the plan was made.";
        }
        return switch (action) {
            case Action.Place place -> objectionToPlacing(place.placement(), 0);
            case Action.Remove remove -> objectionToRemoving(remove.placement());
            case Action.Replace replace -> {
                String removing = objectionToRemoving(replace.old());
                long freed = replace.old().node().equals(replace.placement().node())
                        ? replace.old().reservedBytes()
                        : 0;
                yield removing != null ? removing : objectionToPlacing(replace.placement(), freed);
            }
        };
    }

    private @Nullable String objectionToRemoving(Placement placement) {
        return placements.containsKey(placement.instance())
                ? null
                : "Instance " + placement.instance() + " is already gone.";
    }

    private @Nullable String objectionToPlacing(Placement placement, long freedBytes) {
        if (placements.containsKey(placement.instance())) {
            return "Instance " + placement.instance() + " is already placed.";
        }
        Long memory = view.nodeMemoryBytes().get(placement.node());
        if (memory == null) {
            return "Node " + placement.node() + " is no longer known.";
        }
        long after = reserved.getOrDefault(placement.node(), 0L) - freedBytes + placement.reservedBytes();
        return after > memory
                ? "Node " + placement.node() + " has no room left: " + after + " of " + memory
                        + " bytes would be reserved."
                : null;
    }

    private void apply(Action action) {
        switch (action) {
            case Action.Place place -> add(place.placement());
            case Action.Remove remove -> drop(remove.placement());
            case Action.Replace replace -> {
                drop(replace.old());
                add(replace.placement());
            }
        }
    }

    private void add(Placement placement) {
        placements.put(placement.instance(), new CommitView.Reserved(placement.node(), placement.reservedBytes()));
        reserved.merge(placement.node(), placement.reservedBytes(), Long::sum);
    }

    private void drop(Placement placement) {
        placements.remove(placement.instance());
        reserved.merge(placement.node(), -placement.reservedBytes(), Long::sum);
    }
}

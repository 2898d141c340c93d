package dev.warpgrid.control.placement;

import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import java.util.SortedMap;
import java.util.TreeMap;

/** Memory and instances of each node while a plan is being made: the snapshot with the plan's own actions added. */
public final class Ledger {
    private final SortedMap<NodeId, Long> reservedBytes = new TreeMap<>();
    private final SortedMap<NodeId, SortedMap<DeploymentId, Integer>> instances = new TreeMap<>();

    public static Ledger of(GridSnapshot snapshot) {
        Ledger ledger = new Ledger();
        snapshot.placements().values().forEach(placed -> ledger.add(placed.placement()));
        return ledger;
    }

    public void add(Placement placement) {
        count(placement, 1);
    }

    public void remove(Placement placement) {
        count(placement, -1);
    }

    public long reservedBytes(NodeId node) {
        return reservedBytes.getOrDefault(node, 0L);
    }

    public int instances(NodeId node, DeploymentId deployment) {
        SortedMap<DeploymentId, Integer> counts = instances.get(node);
        return counts == null ? 0 : counts.getOrDefault(deployment, 0);
    }

    private void count(Placement placement, int sign) {
        reservedBytes.merge(placement.node(), sign * placement.reservedBytes(), Long::sum);
        instances
                .computeIfAbsent(placement.node(), _ -> new TreeMap<>())
                .merge(placement.revision().deployment(), sign, Integer::sum);
    }
}

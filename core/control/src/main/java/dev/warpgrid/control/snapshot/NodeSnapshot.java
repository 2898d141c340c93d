package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One node.
 *
 * @param memoryBytes what guests may use together; the sum of the limits of its instances never exceeds it
 * @param interfaces WIT interfaces guests may import there
 * @param served which revision its newest committed routes send each deployment's requests to
 * @param settled the agent has taken over the newest committed desired state
 */
public record NodeSnapshot(
        NodeId id,
        NodeState state,
        long memoryBytes,
        List<String> interfaces,
        SortedMap<DeploymentId, RevisionId> served,
        boolean settled) {
    public NodeSnapshot {
        interfaces = List.copyOf(interfaces);
        served = Collections.unmodifiableSortedMap(new TreeMap<>(served));
    }
}

package dev.warpgrid.control.plan;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the committing transaction sees, with the rows it has locked.
 *
 * @param deploymentVersions of those that exist
 * @param nodeMemoryBytes what guests may use on each known node
 * @param placements the memory each present instance reserves, and where
 */
public record CommitView(
        SortedMap<DeploymentId, Long> deploymentVersions,
        SortedMap<NodeId, Long> nodeMemoryBytes,
        SortedMap<InstanceId, Reserved> placements) {
    public CommitView {
        deploymentVersions = Collections.unmodifiableSortedMap(new TreeMap<>(deploymentVersions));
        nodeMemoryBytes = Collections.unmodifiableSortedMap(new TreeMap<>(nodeMemoryBytes));
        placements = Collections.unmodifiableSortedMap(new TreeMap<>(placements));
    }

    /** One instance's share of its node. */
    public record Reserved(NodeId node, long bytes) {}
}

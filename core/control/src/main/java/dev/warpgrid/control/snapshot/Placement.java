package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;

/** One instance on one node, as committed. It never changes; a replacement is another instance. */
public record Placement(
        InstanceId instance,
        RevisionId revision,
        long restartEpoch,
        NodeId node,
        long reservedBytes,
        Instant placedAt) {}

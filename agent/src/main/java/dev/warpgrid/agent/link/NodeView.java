package dev.warpgrid.agent.link;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.RevisionMetrics;
import java.util.List;

/** What the link tells of the node, and the one thing it tells the node. Called on the link's thread. */
public interface NodeView {
    NodeDescription description();

    NodeUsage usage();

    /** The newest fact of every instance. */
    List<InstanceFact> instances();

    long appliedGeneration();

    /** What was counted since the last call. */
    List<RevisionMetrics> metrics();

    void apply(DesiredState state);
}

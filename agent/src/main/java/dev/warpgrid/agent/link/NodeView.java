package dev.warpgrid.agent.link;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.RevisionMetrics;
import java.util.List;

/** What the link tells of the node, and what it tells the node. Called on the link's thread. */
public interface NodeView {
    NodeDescription description();

    NodeUsage usage();

    /** The newest fact of every instance. */
    List<InstanceFact> instances();

    long appliedGeneration();

    /** What was counted since the last call. */
    List<RevisionMetrics> metrics();

    void apply(DesiredState state);

    /** Whether to ask for the routes of the whole grid. */
    boolean wantsRoutes();

    void apply(GridRoutesChange change);

    /** The node has a new certificate. */
    void renewed(NodeIdentity identity);
}

package dev.warpgrid.server.control;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.NodeId;

/** Takes committed desired states and routes to agents. Losing one only delays: each connection begins with the newest. */
public interface AgentOutbox {
    /** Returns at once; does nothing where the node is not connected. */
    void offer(NodeId node, DesiredState state);

    /** The newest routes of the grid, for all nodes that want them. Returns at once. */
    void offer(GridRoutes routes);
}

package dev.warpgrid.server.control;

import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.NodeId;

/** Takes committed desired states to agents. Losing one only delays: each connection begins with the newest. */
public interface AgentOutbox {
    /** Returns at once; does nothing where the node is not connected. */
    void offer(NodeId node, DesiredState state);
}

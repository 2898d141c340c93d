package dev.warpgrid.api;

import java.time.Duration;
import java.util.List;

/** Nodes: see them, let them join, forget lost ones. */
public interface NodeService {
    List<NodeView> list(Caller caller);

    NodeView get(Caller caller, String id);

    /** Forgets a node; refused while it is connected. */
    void delete(Caller caller, String id);

    JoinTokenView createJoinToken(Caller caller, Duration validFor);
}

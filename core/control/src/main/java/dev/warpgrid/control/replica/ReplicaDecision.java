package dev.warpgrid.control.replica;

import dev.warpgrid.control.routing.RoutePlan;
import java.util.List;

/** What a step comes to: the state to go on with, what to do in this order, and why; and where requests go then. */
public record ReplicaDecision(ReplicaState state, List<Action> actions, List<Reason> reasons, RoutePlan routes) {
    public ReplicaDecision {
        actions = List.copyOf(actions);
        reasons = List.copyOf(reasons);
    }
}

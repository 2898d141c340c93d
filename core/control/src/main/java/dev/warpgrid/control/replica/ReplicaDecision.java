package dev.warpgrid.control.replica;

import java.util.List;

/** What a step comes to: the state to go on with, what to do in this order, and why. */
public record ReplicaDecision(ReplicaState state, List<Action> actions, List<Reason> reasons) {
    public ReplicaDecision {
        actions = List.copyOf(actions);
        reasons = List.copyOf(reasons);
    }
}

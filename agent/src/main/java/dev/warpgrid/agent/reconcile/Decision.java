package dev.warpgrid.agent.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param actions in this order
 * @param wakeAt when to decide again if nothing happens before
 */
public record Decision(List<Action> actions, Optional<Instant> wakeAt) {
    public Decision {
        actions = List.copyOf(actions);
    }
}

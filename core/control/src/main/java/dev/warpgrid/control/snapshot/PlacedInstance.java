package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * A placement and what is known of it.
 *
 * @param observation null until its agent has spoken of it
 */
public record PlacedInstance(Placement placement, @Nullable Observation observation) {
    public boolean isObservedAs(InstanceState state) {
        return observation != null && observation.state() == state;
    }

    /** As its agent gave it; empty where it gave none. */
    public String reason() {
        return observation == null ? "" : observation.reason();
    }
}

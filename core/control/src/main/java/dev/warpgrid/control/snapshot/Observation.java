package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.InstanceState;
import java.time.Instant;

/** The newest an agent told of an instance. */
public record Observation(InstanceState state, String reason, int restarts, Instant at) {}

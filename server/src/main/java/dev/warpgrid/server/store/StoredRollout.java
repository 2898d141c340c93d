package dev.warpgrid.server.store;

import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutState;

/** A rollout: what the controller keeps, and what people asked of it. */
public record StoredRollout(RolloutState state, RolloutCommands commands) {}

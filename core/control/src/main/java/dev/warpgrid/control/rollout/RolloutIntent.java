package dev.warpgrid.control.rollout;

import org.jspecify.annotations.Nullable;

/**
 * All the machine needs to know of one deployment's rollout beside the snapshot.
 *
 * @param policy of the newest revision
 * @param restores the newest revision brings an earlier one back
 * @param state of the newest rollout; null where there was none
 * @param commands for that rollout
 */
public record RolloutIntent(
        RolloutPolicy policy, boolean restores, @Nullable RolloutState state, RolloutCommands commands) {
    public RolloutIntent with(RolloutState newer) {
        boolean same = state != null && state.number() == newer.number();
        return new RolloutIntent(policy, restores, newer, same ? commands : RolloutCommands.none());
    }

    RolloutPolicy effectivePolicy() {
        return restores ? policy.forRestoring() : policy;
    }
}

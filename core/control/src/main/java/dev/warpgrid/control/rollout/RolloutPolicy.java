package dev.warpgrid.control.rollout;

import java.time.Duration;

/**
 * How a revision takes over, as it was asked for with the revision.
 *
 * @param deadline without progress for so long the rollout goes back by itself
 */
public record RolloutPolicy(Strategy strategy, Gates gates, Duration deadline) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);
    public static final Duration MAXIMUM_TIME = Duration.ofDays(7);

    public RolloutPolicy {
        if (!deadline.isPositive() || deadline.compareTo(MAXIMUM_TIME) > 0) {
            throw new IllegalArgumentException("A rollout's deadline lies between 1ms and " + MAXIMUM_TIME.toDays()
                    + " days, and this one is " + deadline + ".");
        }
    }

    public static RolloutPolicy usual() {
        return new RolloutPolicy(Strategy.Rolling.usual(), Gates.none(), DEFAULT_DEADLINE);
    }

    /** For going back to an earlier revision: it has proved itself, and somebody is waiting. */
    public RolloutPolicy forRestoring() {
        return new RolloutPolicy(Strategy.Rolling.usual(), Gates.none(), deadline);
    }
}

package dev.warpgrid.control.rollout;

import java.time.Duration;
import java.time.Instant;

/** How fast a rolling replacement goes. A canary that passed its steps goes on at the usual pace, without baking. */
record RollingPace(int surge, int unavailable, Duration bakeTime, Gates gates) {
    static RollingPace of(RolloutPolicy policy, RolloutState state, int instances) {
        Strategy.Rolling rolling =
                policy.strategy() instanceof Strategy.Rolling asked ? asked : Strategy.Rolling.usual();
        boolean afterCanary = policy.strategy() instanceof Strategy.Canary;
        int surge = rolling.maxSurge().roundedUp(instances);
        int unavailable = rolling.maxUnavailable().roundedDown(instances);
        return new RollingPace(
                surge == 0 && unavailable == 0 ? 1 : surge,
                unavailable,
                rolling.bakeTime(),
                afterCanary ? Gates.none() : policy.gates());
    }

    /** How many more are released at once. */
    int batch() {
        return Math.max(1, surge + unavailable);
    }

    /** Each instance that answers makes room for the next, without waiting for its batch. */
    boolean slides() {
        return bakeTime.isZero() && !gates.any();
    }

    /** What a batch whose instances all answer still waits for; empty for nothing. */
    String waitsFor(RolloutState state, RevisionMeasure measure, Instant now) {
        Instant since = state.steadySince() == null ? now : state.steadySince();
        Instant baked = since.plus(bakeTime);
        if (now.isBefore(baked)) {
            return "The next batch follows at " + RolloutJudge.text(baked) + " if they answer until then.";
        }
        return RolloutJudge.tooFew(gates, measure);
    }
}

package dev.warpgrid.control.rollout;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a rollout is. */
public enum RolloutPhase {
    /** New instances replace older ones in batches. */
    ROLLING,
    /** The new revision gets the share of its present step. */
    CANARY,
    /** The new revision starts beside the present one and gets no request. */
    PREPARING,
    /** All requests go to the new revision; the former one is kept. */
    SWITCHED,
    /** All new instances answer; the older ones go. */
    FINISHING,
    /** The new revision goes and the former one gets all requests. */
    ROLLING_BACK,
    /** The new revision is alone. */
    COMPLETED,
    /** The former revision is alone; the new one was given up. */
    ROLLED_BACK,
    /** Another revision was asked for before this one had taken over. */
    SUPERSEDED;

    private static final Map<RolloutPhase, Set<RolloutPhase>> NEXT = new EnumMap<>(RolloutPhase.class);

    static {
        NEXT.put(ROLLING, EnumSet.of(FINISHING, ROLLING_BACK, SUPERSEDED));
        NEXT.put(CANARY, EnumSet.of(ROLLING, FINISHING, ROLLING_BACK, SUPERSEDED));
        NEXT.put(PREPARING, EnumSet.of(SWITCHED, FINISHING, ROLLING_BACK, SUPERSEDED));
        NEXT.put(SWITCHED, EnumSet.of(FINISHING, ROLLING_BACK, SUPERSEDED));
        NEXT.put(FINISHING, EnumSet.of(COMPLETED, SUPERSEDED));
        NEXT.put(ROLLING_BACK, EnumSet.of(ROLLED_BACK, SUPERSEDED));
        NEXT.put(COMPLETED, EnumSet.noneOf(RolloutPhase.class));
        NEXT.put(ROLLED_BACK, EnumSet.noneOf(RolloutPhase.class));
        NEXT.put(SUPERSEDED, EnumSet.noneOf(RolloutPhase.class));
    }

    public boolean canBecome(RolloutPhase next) {
        return NEXT.getOrDefault(this, EnumSet.noneOf(RolloutPhase.class)).contains(next);
    }

    /** Nothing follows by itself. */
    public boolean isFinal() {
        return this == COMPLETED || this == ROLLED_BACK || this == SUPERSEDED;
    }

    /** The new revision is still to be decided on. */
    public boolean isUndecided() {
        return canBecome(ROLLING_BACK);
    }
}

package dev.warpgrid.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where an instance is in its life, as its agent reports it. */
public enum InstanceState {
    /** The agent knows of it; its artifact may still be on the way. */
    PENDING,
    /** Code is being prepared or the instance is being made. */
    STARTING,
    /** It answers. */
    RUNNING,
    /** It crashed and waits for its next start. */
    BACKING_OFF,
    /** It takes no new request and finishes those it has. */
    DRAINING,
    /** It cannot run here, and a restart would not help. */
    FAILED,
    /** It ended because it was told to. */
    STOPPED;

    private static final Map<InstanceState, Set<InstanceState>> NEXT = new EnumMap<>(InstanceState.class);

    static {
        NEXT.put(PENDING, EnumSet.of(STARTING, FAILED, STOPPED));
        NEXT.put(STARTING, EnumSet.of(RUNNING, BACKING_OFF, FAILED, STOPPED));
        NEXT.put(RUNNING, EnumSet.of(BACKING_OFF, STARTING, DRAINING, FAILED, STOPPED));
        NEXT.put(BACKING_OFF, EnumSet.of(STARTING, FAILED, STOPPED));
        NEXT.put(DRAINING, EnumSet.of(STOPPED));
        NEXT.put(FAILED, EnumSet.of(STARTING, STOPPED));
        NEXT.put(STOPPED, EnumSet.noneOf(InstanceState.class));
    }

    public boolean canBecome(InstanceState next) {
        return NEXT.getOrDefault(this, EnumSet.noneOf(InstanceState.class)).contains(next);
    }

    /** No longer there, so its place is free. */
    public boolean isFinal() {
        return this == STOPPED;
    }
}

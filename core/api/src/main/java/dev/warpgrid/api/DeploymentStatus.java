package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;

/**
 * A deployment as its agents report it.
 *
 * @param state {@code READY}, {@code PROGRESSING}, {@code DEGRADED} or {@code UNAVAILABLE}
 * @param sentence the state with cause and remedy, for people
 * @param revision the newest revision's number
 * @param memoryBytes linear memories of all instances
 */
public record DeploymentStatus(
        State state,
        String sentence,
        int revision,
        int desiredInstances,
        int readyInstances,
        long restarts,
        long memoryBytes,
        List<String> urls,
        List<Condition> conditions,
        Instant observedAt) {

    /** How a deployment is doing. */
    public enum State {
        /** All instances answer. */
        READY,
        /** On the way to what was asked for. */
        PROGRESSING,
        /** Some instances answer. */
        DEGRADED,
        /** None answers. */
        UNAVAILABLE
    }
}

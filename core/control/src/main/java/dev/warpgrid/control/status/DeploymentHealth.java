package dev.warpgrid.control.status;

import java.util.List;

/**
 * A deployment's state.
 *
 * @param sentence the state with cause and remedy, for people
 * @param ready instances that answer, outdated ones included
 * @param aspects always the same types in the same order
 */
public record DeploymentHealth(Level level, String sentence, int ready, List<Aspect> aspects) {
    public DeploymentHealth {
        aspects = List.copyOf(aspects);
    }

    /** How well. */
    public enum Level {
        READY,
        PROGRESSING,
        DEGRADED,
        UNAVAILABLE
    }

    /** @param type upper camel case: {@code Ready}, {@code Placed}, {@code UpToDate} */
    public record Aspect(String type, boolean holds, String reason) {}
}

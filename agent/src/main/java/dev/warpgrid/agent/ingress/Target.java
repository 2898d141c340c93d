package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.metrics.RevisionCounters;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one revision go.
 *
 * @param counters of the revision on this node; null where the place itself finds out who answers
 * @param expected an answer may come although the place refuses now, so that a request may wait a while
 */
public record Target(Place place, @Nullable RevisionCounters counters, boolean expected) {
    /** A place on this node alone. */
    public Target(Place place, RevisionCounters counters) {
        this(place, counters, false);
    }

    /** Whether the place chooses among several endpoints, so that asking it again may lead elsewhere. */
    boolean chooses() {
        return counters == null;
    }
}

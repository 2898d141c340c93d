package dev.warpgrid.control.replica;

import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * That instances of a revision could not run, and when the next one may be tried.
 *
 * @param attempts replacements so far
 * @param nodes where it could not run
 */
public record Setback(RevisionId revision, int attempts, Instant lastAt, Instant retryAt, SortedSet<NodeId> nodes) {
    public Setback {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
}

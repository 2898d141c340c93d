package dev.warpgrid.control.routing;

import dev.warpgrid.model.RevisionId;
import org.jspecify.annotations.Nullable;

/** How a deployment's requests are parted among its revisions, on each node that has instances of it. */
public sealed interface RouteShares {
    /**
     * As many as a revision's running instances are of all on the node.
     *
     * @param favoured gets at least {@code minimum} percent wherever it runs; null for none
     */
    record ByInstances(@Nullable RevisionId favoured, int minimum) implements RouteShares {}

    /** Everything to one revision where it runs; elsewhere by instances. */
    record Prefer(RevisionId revision) implements RouteShares {}

    /**
     * Exactly {@code weight} percent to one revision, the rest to the others. At 0 it gets none, at 100 nobody else
     * does, even where that leaves a node without anybody to serve.
     */
    record Exact(RevisionId revision, int weight) implements RouteShares {}

    static RouteShares byInstances() {
        return new ByInstances(null, 0);
    }
}

package dev.warpgrid.model;

/**
 * Where a share of a route's requests goes.
 *
 * @param weight share in percent; the targets of one route sum to 100, and 0 means none at all
 */
public record RouteTarget(RevisionId revision, int weight) {
    public RouteTarget {
        if (weight < 0 || weight > 100) {
            throw new IllegalArgumentException("A weight is a percentage, and this one is " + weight + ".");
        }
    }
}

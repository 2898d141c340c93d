package dev.warpgrid.model;

/**
 * A node that answers requests of a revision.
 *
 * @param instances how many of it answer there
 */
public record RouteEndpoint(RevisionId revision, NodeId node, int instances) {
    public RouteEndpoint {
        if (instances < 1) {
            throw new IllegalArgumentException(
                    "Node " + node + " is no endpoint of " + revision + " with " + instances + " instances.");
        }
    }
}

package dev.warpgrid.control.snapshot;

import dev.warpgrid.model.DeploymentId;

/**
 * What people asked for.
 *
 * @param version changes with each change of intent; a plan made for another version is stale
 * @param restartEpoch counts the restarts asked for; an instance of an older epoch is replaced
 */
public record DeploymentIntent(DeploymentId id, long version, int instances, long restartEpoch, RevisionSpec current) {
    public DeploymentIntent {
        if (instances < 0) {
            throw new IllegalArgumentException("A deployment cannot have " + instances + " instances.");
        }
        if (!current.id().deployment().equals(id)) {
            throw new IllegalArgumentException("Revision " + current.id() + " is none of deployment " + id + ".");
        }
    }
}

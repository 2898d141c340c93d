package dev.warpgrid.control.replica;

import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.model.DeploymentId;

/**
 * One step of a plan. Each names the version of the deployment it was decided for, so that a later change of intent
 * makes it stale.
 */
public sealed interface Action {
    /** The version of a deployment that is no longer there. */
    long GONE = 0;

    DeploymentId deployment();

    long deploymentVersion();

    /** Why, for people. */
    String sentence();

    /** Runs one more instance. */
    record Place(DeploymentId deployment, long deploymentVersion, Placement placement, String sentence)
            implements Action {}

    /** Takes one instance away. */
    record Remove(DeploymentId deployment, long deploymentVersion, Placement placement, Cause cause, String sentence)
            implements Action {}

    /** Takes one instance away and runs another in its place; both or neither. */
    record Replace(
            DeploymentId deployment,
            long deploymentVersion,
            Placement old,
            Placement placement,
            Cause cause,
            String sentence)
            implements Action {}

    /** Why an instance goes. */
    enum Cause {
        DEPLOYMENT_DELETED,
        NODE_DELETED,
        NODE_LOST,
        CANNOT_RUN,
        SCALED_DOWN,
        OUTDATED
    }
}

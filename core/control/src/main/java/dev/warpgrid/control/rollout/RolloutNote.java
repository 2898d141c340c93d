package dev.warpgrid.control.rollout;

import dev.warpgrid.model.DeploymentId;

/** Something about a rollout that is worth telling once. */
public record RolloutNote(DeploymentId deployment, Kind kind, String sentence) {
    /** What happened. */
    public enum Kind {
        STARTED,
        STEPPED,
        COMPLETED,
        /** The new revision is being given up. */
        FAILED,
        ROLLED_BACK,
        SUPERSEDED
    }
}

package dev.warpgrid.agent.reconcile;

import dev.warpgrid.model.Workload;
import java.time.Instant;

/**
 * A revision on this node.
 *
 * @param reason one sentence; empty where the stage says it all
 * @param failures fetches that failed in a row
 * @param notBefore when a failed fetch may be tried again
 */
public record RevisionStatus(Workload workload, RevisionStage stage, String reason, int failures, Instant notBefore) {
    public static RevisionStatus known(Workload workload) {
        return new RevisionStatus(workload, RevisionStage.KNOWN, "", 0, Instant.MIN);
    }

    public RevisionStatus at(RevisionStage next, String why) {
        return new RevisionStatus(workload, next, why, next == RevisionStage.STORED ? 0 : failures, Instant.MIN);
    }

    public RevisionStatus fetchFailed(String why, Instant retryAt) {
        return new RevisionStatus(workload, RevisionStage.KNOWN, why, failures + 1, retryAt);
    }
}

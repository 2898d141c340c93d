package dev.warpgrid.server.service;

import dev.warpgrid.api.RolloutView;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.store.StoredDeployment;
import java.util.SortedSet;

/** What agents report of a deployment's revisions. Implementations answer from memory. */
public interface RolloutObservations {
    RolloutView.Side side(DeploymentId deployment, RevisionId revision, RolloutState rollout);

    /** Revisions that have instances. */
    SortedSet<RevisionId> serving(DeploymentId deployment);

    /** What runs for its newest revision, which may be an earlier one that asks for the same code and settings. */
    RevisionId runsAs(StoredDeployment deployment);
}

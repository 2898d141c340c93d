package dev.warpgrid.server.store;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import java.util.List;
import java.util.Optional;

/** Deployments and their revisions. */
public interface DeploymentStore {
    Optional<StoredDeployment> find(DeploymentId id);

    /** As {@link #find}, and no other transaction may change it before this one ends. */
    Optional<StoredDeployment> lock(DeploymentId id);

    /** In the order of namespace and name. */
    List<StoredDeployment> list(DeploymentQuery query);

    /** How many {@code query} matches, whatever its {@code after} and {@code limit}. */
    long count(DeploymentQuery query);

    /** Every deployment with its newest revision, in the order of namespace and name. */
    List<StoredDeployment> all();

    Optional<StoredRevision> revision(RevisionId id);

    /**
     * Revisions of the deployment, the newest first.
     *
     * @param before only those with a smaller number
     */
    List<StoredRevision> revisions(DeploymentId id, int before, int limit);

    /** Takes the next number of the name; numbers outlive the deployment and never come again. */
    int nextRevisionNumber(DeploymentId id);

    /**
     * Writes a new deployment with its first revision.
     *
     * @return as stored, with its version
     */
    StoredDeployment insert(StoredDeployment deployment);

    /**
     * Writes intent, and the revision where its number is new.
     *
     * @return as stored, with its new version
     */
    StoredDeployment update(StoredDeployment deployment);

    void delete(StoredDeployment deployment);

    /** Who owns the host below the path, if anybody does. */
    Optional<DeploymentId> routeOwner(String host, String path);

    /** Deployments of the namespace with a revision that names the artifact, in order. */
    List<DeploymentId> usersOf(String namespace, Digest artifact);
}

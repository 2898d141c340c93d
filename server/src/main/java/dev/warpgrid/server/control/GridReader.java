package dev.warpgrid.server.control;

import dev.warpgrid.control.rollout.RolloutCommands;
import dev.warpgrid.control.rollout.RolloutIntent;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.Placement;
import dev.warpgrid.control.snapshot.RevisionSpec;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.observe.GridRows;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.NodeStore;
import dev.warpgrid.server.store.PlacementStore;
import dev.warpgrid.server.store.RolloutStore;
import dev.warpgrid.server.store.StoredArtifact;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredRevision;
import dev.warpgrid.server.store.StoredRollout;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads intent and what was decided. A change of the count or the hosts alone is no reason to replace instances: such a
 * revision counts as the earliest one in a row that runs the same, and one that brings back what still serves counts as
 * that. Hosts and paths are always those of the newest
 * revision, whichever serves. Used by one thread.
 */
@Singleton
public class GridReader {
    private final DeploymentStore deployments;
    private final ArtifactStore artifacts;
    private final NodeStore nodes;
    private final PlacementStore placements;
    private final RolloutStore rollouts;
    /** Revisions never change, so each is read once while it is of use. */
    private Map<RevisionId, StoredRevision> revisionCache = new HashMap<>();

    private Map<RevisionId, RevisionId> runsAsCache = new HashMap<>();
    private Map<RevisionId, List<String>> importsCache = new HashMap<>();

    @Inject
    public GridReader(
            DeploymentStore deployments,
            ArtifactStore artifacts,
            NodeStore nodes,
            PlacementStore placements,
            RolloutStore rollouts) {
        this.deployments = deployments;
        this.artifacts = artifacts;
        this.nodes = nodes;
        this.placements = placements;
        this.rollouts = rollouts;
    }

    /** In the caller's transaction. */
    public GridRows read() {
        Map<RevisionId, StoredRevision> revisions = new HashMap<>();
        Map<RevisionId, RevisionId> runsAs = new HashMap<>();
        Map<RevisionId, List<String>> imports = new HashMap<>();
        SortedMap<DeploymentId, StoredDeployment> stored = new TreeMap<>();
        SortedMap<DeploymentId, DeploymentIntent> intents = new TreeMap<>();
        SortedMap<RevisionId, RevisionSpec> specs = new TreeMap<>();
        SortedMap<DeploymentId, StoredRollout> rolledOut = rollouts.newest();
        SortedMap<DeploymentId, RolloutIntent> intended = new TreeMap<>();
        for (StoredDeployment deployment : deployments.all()) {
            StoredRollout rollout = rolledOut.get(deployment.id());
            stored.put(deployment.id(), deployment);
            RevisionId newest =
                    new RevisionId(deployment.id(), deployment.revision().number());
            RevisionId base = runsAsCache.containsKey(newest)
                    ? runsAsCache.get(newest)
                    : thatRunsTheSame(newest, deployment.revision(), rollout);
            runsAs.put(newest, base);
            RevisionSpec spec = spec(base, deployment.revision().withNumber(base.number()), deployment, imports);
            specs.put(base, spec);
            intents.put(
                    deployment.id(),
                    new DeploymentIntent(
                            deployment.id(),
                            deployment.version(),
                            deployment.revision().instances(),
                            deployment.restarts(),
                            spec));
            intended.put(
                    deployment.id(),
                    new RolloutIntent(
                            deployment.revision().rollout(),
                            deployment.revision().restores() != null,
                            rollout == null ? null : rollout.state(),
                            rollout == null ? RolloutCommands.none() : rollout.commands()));
            if (rollout != null && rollout.state().baseline() != null) {
                addSpec(rollout.state().baseline(), deployment, revisions, imports, specs);
            }
        }
        List<Placement> placed = placements.all();
        for (Placement placement : placed) {
            StoredDeployment deployment = stored.get(placement.revision().deployment());
            if (deployment != null) {
                addSpec(placement.revision(), deployment, revisions, imports, specs);
            }
        }
        revisionCache = revisions;
        runsAsCache = runsAs;
        importsCache = imports;
        return new GridRows(intents, specs, nodes.all(), placed, placements.desiredStates(), intended);
    }

    private void addSpec(
            RevisionId id,
            StoredDeployment deployment,
            Map<RevisionId, StoredRevision> kept,
            Map<RevisionId, List<String>> importsKept,
            SortedMap<RevisionId, RevisionSpec> specs) {
        if (!specs.containsKey(id)) {
            revision(id, kept).ifPresent(found -> specs.put(id, spec(id, found, deployment, importsKept)));
        }
    }

    /** Going back to what still serves starts nothing anew. */
    private RevisionId thatRunsTheSame(RevisionId newest, StoredRevision revision, @Nullable StoredRollout rollout) {
        RevisionId serving = rollout == null ? null : rollout.state().stable();
        if (serving != null
                && serving.number() < newest.number()
                && deployments.revision(serving).filter(revision::runsTheSameAs).isPresent()) {
            return serving;
        }
        return earliestThatRunsTheSame(newest, revision);
    }

    private RevisionId earliestThatRunsTheSame(RevisionId newest, StoredRevision revision) {
        RevisionId base = newest;
        for (int number = newest.number() - 1; number > 0; number--) {
            RevisionId earlier = new RevisionId(newest.deployment(), number);
            Optional<StoredRevision> found = deployments.revision(earlier);
            if (found.isEmpty() || !found.get().runsTheSameAs(revision)) {
                return base;
            }
            base = earlier;
        }
        return base;
    }

    private Optional<StoredRevision> revision(RevisionId id, Map<RevisionId, StoredRevision> kept) {
        Optional<StoredRevision> found =
                Optional.ofNullable(revisionCache.get(id)).or(() -> deployments.revision(id));
        found.ifPresent(revision -> kept.put(id, revision));
        return found;
    }

    private RevisionSpec spec(
            RevisionId id,
            StoredRevision revision,
            StoredDeployment deployment,
            Map<RevisionId, List<String>> importsKept) {
        List<String> imports = importsCache.containsKey(id)
                ? importsCache.get(id)
                : artifacts
                        .find(id.deployment().namespace(), revision.artifact())
                        .map(StoredArtifact::imports)
                        .orElseGet(List::of);
        importsKept.put(id, imports);
        return new RevisionSpec(
                revision.workload(id.deployment()),
                imports,
                deployment.revision().hosts(),
                deployment.revision().paths());
    }
}

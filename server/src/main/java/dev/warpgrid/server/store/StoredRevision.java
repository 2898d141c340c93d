package dev.warpgrid.server.store;

import dev.warpgrid.control.rollout.RolloutPolicy;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.Workload;
import dev.warpgrid.model.WorkloadLimits;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One immutable revision, with every default written down.
 *
 * @param instances how many are kept running
 * @param rollout how it takes over from the revision before
 * @param restores the earlier revision that it brings back; null for none
 */
public record StoredRevision(
        int number,
        Digest artifact,
        long artifactBytes,
        List<String> hosts,
        List<String> paths,
        int instances,
        WorkloadLimits limits,
        SortedMap<String, String> environment,
        Instant createdAt,
        String createdBy,
        RolloutPolicy rollout,
        @Nullable Integer restores) {
    public StoredRevision {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** With the usual rollout. */
    public StoredRevision(
            int number,
            Digest artifact,
            long artifactBytes,
            List<String> hosts,
            List<String> paths,
            int instances,
            WorkloadLimits limits,
            SortedMap<String, String> environment,
            Instant createdAt,
            String createdBy) {
        this(
                number,
                artifact,
                artifactBytes,
                hosts,
                paths,
                instances,
                limits,
                environment,
                createdAt,
                createdBy,
                RolloutPolicy.usual(),
                null);
    }

    /** Asks for the same as {@code other}, whoever wrote it and when. */
    public boolean asksTheSameAs(StoredRevision other) {
        return runsTheSameAs(other)
                && hosts.equals(other.hosts)
                && paths.equals(other.paths)
                && instances == other.instances
                && rollout.equals(other.rollout);
    }

    /** An instance of {@code other} would do as well: number of instances and routes may differ. */
    public boolean runsTheSameAs(StoredRevision other) {
        return artifact.equals(other.artifact) && limits.equals(other.limits) && environment.equals(other.environment);
    }

    public StoredRevision withNumber(int other) {
        return new StoredRevision(
                other,
                artifact,
                artifactBytes,
                hosts,
                paths,
                instances,
                limits,
                environment,
                createdAt,
                createdBy,
                rollout,
                restores);
    }

    public StoredRevision scaledTo(int newNumber, int newInstances, Instant now, String by) {
        return new StoredRevision(
                newNumber,
                artifact,
                artifactBytes,
                hosts,
                paths,
                newInstances,
                limits,
                environment,
                now,
                by,
                rollout,
                restores);
    }

    /** The same again under a new number, as the one that brings this one back. */
    public StoredRevision restored(int newNumber, int newInstances, Instant now, String by) {
        return new StoredRevision(
                newNumber,
                artifact,
                artifactBytes,
                hosts,
                paths,
                newInstances,
                limits,
                environment,
                now,
                by,
                rollout,
                number);
    }

    /** What an agent needs to run it. */
    public Workload workload(DeploymentId deployment) {
        return new Workload(new RevisionId(deployment, number), artifact, artifactBytes, environment, limits);
    }
}

package dev.warpgrid.server.store;

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

/**
 * One immutable revision, with every default written down.
 *
 * @param instances how many are kept running
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
        String createdBy) {
    public StoredRevision {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** Asks for the same as {@code other}, whoever wrote it and when. */
    public boolean asksTheSameAs(StoredRevision other) {
        return runsTheSameAs(other)
                && hosts.equals(other.hosts)
                && paths.equals(other.paths)
                && instances == other.instances;
    }

    /** An instance of {@code other} would do as well: number of instances and routes may differ. */
    public boolean runsTheSameAs(StoredRevision other) {
        return artifact.equals(other.artifact) && limits.equals(other.limits) && environment.equals(other.environment);
    }

    public StoredRevision withNumber(int other) {
        return new StoredRevision(
                other, artifact, artifactBytes, hosts, paths, instances, limits, environment, createdAt, createdBy);
    }

    public StoredRevision scaledTo(int newNumber, int newInstances, Instant now, String by) {
        return new StoredRevision(
                newNumber, artifact, artifactBytes, hosts, paths, newInstances, limits, environment, now, by);
    }

    /** What an agent needs to run it. */
    public Workload workload(DeploymentId deployment) {
        return new Workload(new RevisionId(deployment, number), artifact, artifactBytes, environment, limits);
    }
}

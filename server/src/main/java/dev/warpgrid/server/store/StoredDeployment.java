package dev.warpgrid.server.store;

import dev.warpgrid.model.DeploymentId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A deployment as it was last asked for.
 *
 * @param uid made anew when a name is taken again
 * @param version changes with each write; 0 before the first
 * @param generation counts the changes of intent, from 1
 * @param restarts how often a restart of all instances was asked for
 * @param revision the newest
 */
public record StoredDeployment(
        UUID uid,
        DeploymentId id,
        long version,
        long generation,
        int restarts,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Instant createdAt,
        String createdBy,
        StoredRevision revision) {
    public StoredDeployment {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The next generation. */
    public StoredDeployment withRevision(StoredRevision newer) {
        return new StoredDeployment(
                uid, id, version, generation + 1, restarts, labels, annotations, createdAt, createdBy, newer);
    }

    public StoredDeployment withRestart() {
        return new StoredDeployment(
                uid, id, version, generation, restarts + 1, labels, annotations, createdAt, createdBy, revision);
    }
}

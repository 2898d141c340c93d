package dev.warpgrid.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent needs to know of one revision to run it.
 *
 * @param artifactBytes the artifact's size, so that an agent can refuse before it downloads
 * @param environment what {@code wasi:cli/environment} answers, in key order
 */
public record Workload(
        RevisionId revision,
        Digest artifact,
        long artifactBytes,
        SortedMap<String, String> environment,
        WorkloadLimits limits) {
    public Workload {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;

/**
 * How the whole grid is doing.
 *
 * @param sentence for people: what is well, or what is not and why
 * @param notReady one sentence for each thing that is not ready
 */
public record GridStatus(
        boolean healthy,
        String sentence,
        List<String> notReady,
        String serverVersion,
        int nodes,
        int readyNodes,
        int deployments,
        int readyDeployments,
        int instances,
        int readyInstances,
        long memoryBytes,
        long reservedMemoryBytes,
        long guestMemoryBytes,
        Instant observedAt) {}

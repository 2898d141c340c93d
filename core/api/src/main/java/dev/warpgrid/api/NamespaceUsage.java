package dev.warpgrid.api;

/**
 * What a namespace holds of what it may.
 *
 * @param memoryBytes of all instances that its deployments ask for, each at its limit
 * @param instances that its deployments ask for
 */
public record NamespaceUsage(
        String namespace, Quota quota, long memoryBytes, long instances, long deployments, long artifactBytes) {}

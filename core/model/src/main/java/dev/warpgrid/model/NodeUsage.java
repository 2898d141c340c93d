package dev.warpgrid.model;

/**
 * What a node uses, told with each heartbeat.
 *
 * @param guestMemoryBytes linear memories of all instances
 * @param residentBytes of the agent's process
 * @param cpuShare of all processors over the last interval, 0 to 1
 */
public record NodeUsage(long guestMemoryBytes, long residentBytes, double cpuShare, int instances) {}

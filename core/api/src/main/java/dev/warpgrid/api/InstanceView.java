package dev.warpgrid.api;

import java.time.Instant;

/**
 * One instance as its agent reports it.
 *
 * @param state one of the model's instance states; {@code ASSIGNED} until an agent has spoken of it
 * @param reason one sentence; empty where the state says it all
 * @param reachable whether the agent that reports it is connected; where it is not, the rest is what was last heard
 */
public record InstanceView(
        String id,
        String namespace,
        String deployment,
        int revision,
        String node,
        String state,
        String reason,
        int restarts,
        long memoryBytes,
        boolean reachable,
        Instant since) {}

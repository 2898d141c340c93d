package dev.warpgrid.model;

import java.time.Instant;

/**
 * Something that happened to an instance, told by the agent that saw it.
 *
 * @param sequence counts the facts of one agent process, from 1
 * @param reason one sentence for people; empty where the state says it all
 * @param restarts how often this instance was started again after a crash
 * @param memoryBytes all linear memories at that moment; 0 where there is no instance
 */
public record InstanceFact(
        long sequence,
        Instant at,
        NodeId node,
        InstanceId instance,
        RevisionId revision,
        InstanceState state,
        String reason,
        int restarts,
        long memoryBytes) {}

package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One node.
 *
 * @param state {@code READY}, {@code SUSPECTED} or {@code LOST}
 * @param sentence the state with cause and remedy
 * @param reservedMemoryBytes sum of the memory limits of its instances
 * @param guestMemoryBytes linear memories in use
 * @param lastSeenAt when the server last heard of it
 */
public record NodeView(
        String id,
        State state,
        String sentence,
        String agentVersion,
        String engine,
        boolean engineCompiled,
        int processors,
        long memoryBytes,
        long reservedMemoryBytes,
        long guestMemoryBytes,
        long residentBytes,
        double cpuShare,
        int instances,
        Map<String, String> labels,
        List<String> interfaces,
        String ingressUrl,
        Instant joinedAt,
        Instant lastSeenAt) {

    /** What the server knows of a node. */
    public enum State {
        READY,
        SUSPECTED,
        LOST
    }
}

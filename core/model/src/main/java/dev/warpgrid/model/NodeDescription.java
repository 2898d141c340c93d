package dev.warpgrid.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node is, told in the hello of each connection.
 *
 * @param memoryBytes what guests may use together
 * @param interfaces WIT interfaces guests may import here, with versions: {@code wasi:http/types@0.2.12}
 * @param ingressUrl where this node takes requests, for example {@code http://localhost:8080}
 */
public record NodeDescription(
        NodeId node,
        String agentVersion,
        int protocolVersion,
        EngineFacts engine,
        int processors,
        long memoryBytes,
        SortedMap<String, String> labels,
        List<String> interfaces,
        String ingressUrl) {
    public NodeDescription {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        interfaces = List.copyOf(interfaces);
    }
}

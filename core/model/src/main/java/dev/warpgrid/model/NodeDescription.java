package dev.warpgrid.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node is, told in the hello of each connection.
 *
 * @param memoryBytes what guests may use together
 * @param interfaces WIT interfaces guests may import here, with versions: {@code wasi:http/types@0.2.12}
 * @param ingressUrl where this node takes requests, for example {@code http://localhost:8080}
 * @param meshAddress HOST:PORT where it takes requests from other nodes; empty where it takes none
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
        String ingressUrl,
        String meshAddress) {
    public NodeDescription {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        interfaces = List.copyOf(interfaces);
    }

    /** A node that takes no requests from other nodes. */
    public NodeDescription(
            NodeId node,
            String agentVersion,
            int protocolVersion,
            EngineFacts engine,
            int processors,
            long memoryBytes,
            SortedMap<String, String> labels,
            List<String> interfaces,
            String ingressUrl) {
        this(node, agentVersion, protocolVersion, engine, processors, memoryBytes, labels, interfaces, ingressUrl, "");
    }

    /** Empty where the node takes no requests from others, or told an address that is none. */
    public Optional<MeshPeer> meshPeer() {
        try {
            return meshAddress.isEmpty() ? Optional.empty() : Optional.of(MeshPeer.parse(node, meshAddress));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

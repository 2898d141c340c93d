package dev.warpgrid.model;

/** One node, for as long as its certificate's identity lives. */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        ResourceName.require("node id", value);
    }

    /**
     * The DNS name in the node's certificate, by which nodes recognise each other. Nobody else has a name of this form, so that
     * a node cannot pass for a server by calling itself as that one's host is called.
     */
    public String meshName() {
        return value + ".node.warpgrid.internal";
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

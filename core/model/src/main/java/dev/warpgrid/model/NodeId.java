package dev.warpgrid.model;

/** One node, for as long as its certificate's identity lives. */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        ResourceName.require("node id", value);
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

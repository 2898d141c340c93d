package dev.warpgrid.model;

/** One instance, for its whole life and on one node only; an instance that is replaced gets a new id. */
public record InstanceId(String value) implements Comparable<InstanceId> {
    public InstanceId {
        ResourceName.require("instance id", value);
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

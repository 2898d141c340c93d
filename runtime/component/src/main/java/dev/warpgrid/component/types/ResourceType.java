package dev.warpgrid.component.types;

/** A resource type. Its identity is the object: two are the same type only when they are the same object. */
public class ResourceType {
    private final String name;

    public ResourceType(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}

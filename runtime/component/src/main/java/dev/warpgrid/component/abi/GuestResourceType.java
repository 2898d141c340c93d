package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.ResourceType;
import org.jspecify.annotations.Nullable;

/** A resource type that a component of the guest defines; its representation is an i32 of that component. */
public final class GuestResourceType extends ResourceType {
    private final int component;
    private final @Nullable CoreRef destructor;

    /**
     * Made while linking.
     *
     * @param component the index of the component instance that defines it
     */
    public GuestResourceType(String name, int component, @Nullable CoreRef destructor) {
        super(name);
        this.component = component;
        this.destructor = destructor;
    }

    public int component() {
        return component;
    }

    @Nullable
    CoreRef destructor() {
        return destructor;
    }
}

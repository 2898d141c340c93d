package dev.warpgrid.component.abi;

import dev.warpgrid.component.HostResource;
import dev.warpgrid.component.types.ResourceType;

/** A resource type whose representation is an object of the host. */
public final class HostResourceType extends ResourceType {
    private final HostResource<?> resource;

    public HostResourceType(HostResource<?> resource) {
        super(resource.name());
        this.resource = resource;
    }

    Class<?> javaType() {
        return resource.javaType();
    }

    // The linker gives one host interface and the state of its instances the same S.
    @SuppressWarnings("unchecked")
    void drop(Object state, Object representation) {
        ((HostResource<Object>) resource).onDrop().accept(state, representation);
    }
}

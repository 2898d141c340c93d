package dev.warpgrid.component;

import dev.warpgrid.component.binary.ComponentBinary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Components that run as one: where one exports an interface that another imports, in a version that stands for the one
 * wanted, it is linked to it; everything else is the host's to provide. An interface has one exporter, components must
 * not import from each other in a circle, and a component that exports an interface which it imports as well stands
 * between the host and the others. World-level functions have no name that would be worth matching: they are the host's.
 */
public final class Composition {
    private final Map<String, Component> components;

    private Composition(Map<String, Component> components) {
        this.components = components;
    }

    /**
     * Puts components together; {@link Linker#link(Composition, InstanceLimits)} says whether they fit.
     *
     * @param components by a name that messages use
     */
    public static Composition of(Map<String, Component> components) {
        if (components.isEmpty()) {
            throw new IllegalArgumentException("A composition has one component at least.");
        }
        return new Composition(Collections.unmodifiableMap(new LinkedHashMap<>(components)));
    }

    /** By name, in the order given. */
    public Map<String, Component> components() {
        return components;
    }

    Map<String, ComponentBinary> binaries() {
        Map<String, ComponentBinary> binaries = new LinkedHashMap<>();
        components.forEach((name, component) -> binaries.put(name, component.binary()));
        return binaries;
    }
}

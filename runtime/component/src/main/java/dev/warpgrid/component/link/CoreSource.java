package dev.warpgrid.component.link;

import dev.warpgrid.component.engine.CoreHostFunction;

/** Where a core extern comes from when an instance runs. */
public sealed interface CoreSource {
    /** An export of a core instance. */
    record Exported(int coreInstance, String name) implements CoreSource {}

    /** A function of the host, the same in all instances. */
    record Host(CoreHostFunction function) implements CoreSource {}

    /** Nothing: the component is only being checked. */
    record Unbound() implements CoreSource {}
}

package dev.warpgrid.api;

import org.jspecify.annotations.Nullable;

/** Which events; a null field matches all. */
public record EventFilter(
        @Nullable String namespace,
        @Nullable String deployment,
        @Nullable String node) {
    public static EventFilter all() {
        return new EventFilter(null, null, null);
    }

    public boolean matches(EventView event) {
        return (namespace == null || namespace.equals(event.namespace()))
                && (deployment == null || deployment.equals(event.deployment()))
                && (node == null || node.equals(event.node()));
    }
}

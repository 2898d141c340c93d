package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.ResourceType;
import org.jspecify.annotations.Nullable;

/** An entry of a handle table (CanonicalABI.md, "Resource State"). */
final class Handle {
    final ResourceType type;
    /** Of a guest's resource. */
    final int number;
    /** Of a host's resource. */
    final @Nullable Object object;

    final boolean own;
    /** The call that a borrow must not outlive; null for an own. */
    final @Nullable CallContext scope;

    int lends;

    Handle(ResourceType type, int number, @Nullable Object object, boolean own, @Nullable CallContext scope) {
        this.type = type;
        this.number = number;
        this.object = object;
        this.own = own;
        this.scope = scope;
    }
}

package dev.warpgrid.component;

import java.util.function.BiConsumer;

/**
 * A resource type of the host. Its identity is the object itself: one host interface serves every version of itself
 * that guests name, so a handle made through one of them is good for all.
 *
 * @param javaType the class of the objects that stand for it
 * @param onDrop   runs when the guest drops the handle it owns
 */
public record HostResource<S>(String name, Class<?> javaType, BiConsumer<S, Object> onDrop) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

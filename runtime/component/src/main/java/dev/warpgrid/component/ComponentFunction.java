package dev.warpgrid.component;

import org.jspecify.annotations.Nullable;

/** A function that a component instance exports. */
public final class ComponentFunction {
    private final Call call;

    ComponentFunction(Call call) {
        this.call = call;
    }

    /**
     * Calls the guest on this thread; values as in {@link HostFunction}.
     *
     * @return the result, or null when the function has none
     * @throws TrapException            when the call does not return; the instance is poisoned afterwards
     * @throws IllegalArgumentException when an argument is not of its WIT type; the guest was not called
     */
    public @Nullable Object call(Object... arguments) {
        return call.call(arguments);
    }

    /** What a function does when called. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object call(Object[] arguments);
    }
}

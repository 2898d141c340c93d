package dev.warpgrid.component;

import dev.warpgrid.component.abi.GuestStore;
import dev.warpgrid.component.link.Plan;
import dev.warpgrid.component.types.FunctionType;
import org.jspecify.annotations.Nullable;

/** A function that a component instance exports. */
public final class ComponentFunction {
    private final GuestStore store;
    private final Plan.ExportedFunction function;

    ComponentFunction(GuestStore store, Plan.ExportedFunction function) {
        this.store = store;
        this.function = function;
    }

    /** Its parameters and result, with their labels. */
    public FunctionType type() {
        return function.type();
    }

    /**
     * Calls the guest on this thread; values as in {@link HostFunction}.
     *
     * @return the result, or null when the function has none
     * @throws TrapException            when the call does not return, or an argument is not of its WIT type; the
     *                                  instance is poisoned afterwards
     * @throws IllegalArgumentException when the number of arguments is wrong; the guest was not called
     */
    public @Nullable Object call(Object... arguments) {
        int wanted = function.type().parameters().size();
        if (arguments.length != wanted) {
            throw new IllegalArgumentException(
                    "The function takes " + wanted + " arguments and was given " + arguments.length + ".");
        }
        store.begin();
        try {
            Object result = function.callee().call(store, null, arguments);
            store.arriveAll();
            return result;
        } catch (RuntimeException | Error e) {
            throw store.poison(e);
        } finally {
            store.end();
        }
    }
}

package dev.warpgrid.component.abi;

import dev.warpgrid.component.GuestInterruptedException;
import dev.warpgrid.component.HostFunction;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import org.jspecify.annotations.Nullable;

/** A function of the host. */
public final class HostCallee implements Callee {
    private final HostFunction<Object> function;
    private final String name;

    // The linker gives one host interface and the state of its instances the same S.
    @SuppressWarnings("unchecked")
    public HostCallee(HostFunction<?> function, String name) {
        this.function = (HostFunction<Object>) function;
        this.name = name;
    }

    @Override
    public @Nullable Object call(GuestStore store, @Nullable ComponentState caller, Object[] arguments) {
        store.arriveAll();
        try {
            Object result = function.call(store.state(), arguments);
            store.requireNotInterrupted();
            return result;
        } catch (TrapException trap) {
            throw trap;
        } catch (GuestInterruptedException interrupted) {
            throw new TrapException(Kind.INTERRUPTED, "The host function " + name + " was interrupted.", interrupted);
        } catch (RuntimeException e) {
            throw new TrapException(Kind.HOST_FAILURE, "The host function " + name + " failed: " + e, e);
        }
    }
}

package dev.warpgrid.component;

import dev.warpgrid.component.abi.CoreRef;
import dev.warpgrid.component.abi.GuestStore;
import dev.warpgrid.component.link.Plan;
import dev.warpgrid.component.link.Versions;
import java.util.Map;

/** One instance of a component. Not thread-safe: one thread at a time, {@link #interrupt} excepted. */
public final class ComponentInstance implements AutoCloseable {
    private final GuestStore store;
    private final Plan plan;

    ComponentInstance(GuestStore store, Plan plan) {
        this.store = store;
        this.plan = plan;
    }

    /**
     * A function of an exported interface; keep it, since finding it costs more than calling it.
     *
     * @param interfaceName as {@code wasi:http/incoming-handler}; without a version any fits
     * @throws NoSuchExportException when there is none
     */
    public ComponentFunction function(String interfaceName, String functionName) {
        for (Map.Entry<String, Plan.Exported> export : plan.exports().entrySet()) {
            if (export.getValue() instanceof Plan.ExportedInstance instance
                    && Versions.matches(interfaceName, export.getKey())) {
                Plan.ExportedFunction found = instance.functions().get(functionName);
                if (found != null) {
                    return new ComponentFunction(store, found);
                }
            }
        }
        throw new NoSuchExportException("The component exports no function " + functionName + " of " + interfaceName
                + "; it exports " + plan.exports().keySet() + ".");
    }

    /** A function exported at the top level of the world. */
    public ComponentFunction function(String functionName) {
        if (plan.exports().get(functionName) instanceof Plan.ExportedFunction found) {
            return new ComponentFunction(store, found);
        }
        throw new NoSuchExportException("The component exports no function " + functionName + "; it exports "
                + plan.exports().keySet() + ".");
    }

    /**
     * Ends a running call from another thread, guest code and blocked host functions alike; the call throws
     * {@link TrapException} of kind {@code INTERRUPTED} and the instance is poisoned. Does not wait.
     */
    public void interrupt(String reason) {
        store.interrupt(reason);
    }

    /** Whether a trap, an interrupt or {@link #close} has ended the use of this instance. */
    public boolean poisoned() {
        return store.poisoned();
    }

    /** The size of all its linear memories now, in bytes; 0 once it is closed or interrupted. */
    public long memoryBytes() {
        long sum = 0;
        if (store.live()) {
            for (CoreRef memory : plan.memories()) {
                sum += store.memory(memory).byteSize();
            }
        }
        return sum;
    }

    /** Frees the instance; host resources that the guest still owns are dropped. */
    @Override
    public void close() {
        store.close();
    }
}

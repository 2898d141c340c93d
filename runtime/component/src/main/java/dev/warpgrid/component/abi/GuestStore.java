package dev.warpgrid.component.abi;

import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.engine.CoreExtern;
import dev.warpgrid.component.engine.CoreFunction;
import dev.warpgrid.component.engine.CoreHostFunction;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreMemory;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.component.types.ResourceType;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All state of one running instance, beside what lies in the engine. Plans are shared by all instances and are given
 * this with each call. One thread at a time, {@link #interrupt} excepted.
 */
public final class GuestStore {
    private final Object state;
    private final InstanceLimits limits;
    private final ComponentState[] components;
    private final @Nullable CoreInstance[] instances;
    private final @Nullable CoreExtern[] resolved;
    private @Nullable CoreStore core;
    private @Nullable TrapException cause;
    private volatile @Nullable String interruptReason;
    private final ArrayDeque<Handle> departed = new ArrayDeque<>();
    private int depth;
    private long lifted;
    private boolean closed;

    /**
     * Makes the state of a new instance.
     *
     * @param parents for each component instance the index of the one around it, -1 for the outermost
     */
    public GuestStore(Object state, InstanceLimits limits, List<Integer> parents, int coreInstances, int coreRefs) {
        this.state = state;
        this.limits = limits;
        this.components = new ComponentState[parents.size()];
        HandleTable.Budget handles = new HandleTable.Budget(limits.handles());
        for (int i = 0; i < components.length; i++) {
            int parent = parents.get(i);
            components[i] = new ComponentState(parent < 0 ? null : components[parent], handles);
        }
        this.instances = new CoreInstance[coreInstances];
        this.resolved = new CoreExtern[coreRefs];
    }

    /** Binds the engine's store, which is made with this object as its context. */
    public void bind(CoreStore store) {
        core = store;
    }

    public CoreStore core() {
        CoreStore bound = core;
        if (bound == null) {
            throw new IllegalStateException("The instance has no store of an engine yet.");
        }
        return bound;
    }

    public Object state() {
        return state;
    }

    InstanceLimits limits() {
        return limits;
    }

    ComponentState component(int index) {
        return components[index];
    }

    public void instance(int index, CoreInstance instance) {
        instances[index] = instance;
    }

    public CoreInstance instance(int index) {
        CoreInstance instance = instances[index];
        if (instance == null) {
            throw Traps.abi("A function was called before the core module that defines it was instantiated.");
        }
        return instance;
    }

    CoreFunction function(CoreRef ref) {
        CoreExtern found = resolved[ref.slot()];
        if (found == null) {
            CoreHostFunction host = ref.host();
            found = host == null
                    ? instance(ref.coreInstance()).function(ref.name())
                    : (CoreFunction) arguments -> host.body().call(this, arguments);
            resolved[ref.slot()] = found;
        }
        return (CoreFunction) found;
    }

    /** The memory a reference names. */
    public CoreMemory memory(CoreRef ref) {
        CoreExtern found = resolved[ref.slot()];
        if (found == null) {
            found = instance(ref.coreInstance()).memory(ref.name());
            resolved[ref.slot()] = found;
        }
        return (CoreMemory) found;
    }

    /** Begins a call of the host into this instance. */
    public void begin() {
        TrapException before = cause;
        if (before != null) {
            throw new TrapException(
                    Kind.POISONED,
                    "The instance is not usable any more since it trapped: " + before.getMessage(),
                    before);
        }
        if (closed) {
            throw new TrapException(Kind.POISONED, "The instance is closed.");
        }
        requireNotInterrupted();
        core().enter();
    }

    /** Ends a call that {@link #begin} let in. */
    public void end() {
        core().leave();
    }

    void requireNotInterrupted() {
        String reason = interruptReason;
        if (reason != null) {
            throw new TrapException(Kind.INTERRUPTED, reason);
        }
    }

    void descend() {
        if (++depth > limits.callDepth()) {
            throw new TrapException(
                    Kind.LIMIT,
                    "Calls between components are " + depth + " deep, which is over the limit named callDepth.");
        }
    }

    void ascend() {
        depth--;
    }

    /** Counts what lifted values take on the host's heap while the calls that lifted them run, nested ones too. */
    void charge(long bytes) {
        lifted += bytes;
        if (lifted > limits.liftedBytes()) {
            throw new TrapException(
                    Kind.LIMIT,
                    "The values of the calls that run take more than " + limits.liftedBytes()
                            + " bytes, which is the limit named liftedBytes.");
        }
    }

    void discharge(long bytes) {
        lifted -= bytes;
    }

    /** Notes a host's resource that has left one handle table and is not yet in the hands of whoever is given it. */
    void depart(Handle handle) {
        departed.add(handle);
    }

    /** Ends what {@link #depart} began for an object that is in a table again; objects arrive in the order they left. */
    // The object is the resource, however it compares itself with others.
    @SuppressWarnings("ReferenceEquality")
    void arrive(Object object) {
        Handle first = departed.peekFirst();
        if (first != null && first.object == object) {
            departed.removeFirst();
        } else if (first != null) {
            departed.removeIf(each -> each.object == object);
        }
    }

    /** The host has what was on its way. */
    public void arriveAll() {
        departed.clear();
    }

    /** Ends the use of this instance; answers the trap to throw, which an interrupt takes over. */
    public TrapException poison(Throwable failure) {
        TrapException trap = trap(failure);
        cause = trap;
        depth = 0;
        lifted = 0;
        return trap;
    }

    private TrapException trap(Throwable failure) {
        String reason = interruptReason;
        if (reason != null) {
            return new TrapException(Kind.INTERRUPTED, reason, failure);
        }
        return switch (failure) {
            case TrapException trap -> trap;
            case StackOverflowError overflow ->
                new TrapException(Kind.STACK_OVERFLOW, "The guest's calls are too deep for the stack.");
            default -> new TrapException(Kind.HOST_FAILURE, "The host failed during a call: " + failure, failure);
        };
    }

    public boolean poisoned() {
        return cause != null || interruptReason != null || closed;
    }

    /** Whether the engine's store is still there to be asked. */
    public boolean live() {
        return !closed && interruptReason == null;
    }

    /** Ends what runs, from any thread; the first reason stays. */
    public void interrupt(String reason) {
        if (interruptReason == null) {
            interruptReason = reason;
            core().interrupt();
        }
    }

    /** Runs the destructor of a guest's resource that the host owned. */
    void dropFromHost(ResourceType type, int number) {
        if (poisoned()) {
            return;
        }
        begin();
        try {
            Destructor.run(this, null, type, number);
        } catch (RuntimeException | Error e) {
            throw poison(e);
        } finally {
            end();
        }
    }

    /** Drops the host resources that the guest still owns and frees the engine's store. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (Handle each = departed.poll(); each != null; each = departed.poll()) {
                dropHostObject(each);
            }
            for (ComponentState component : components) {
                component.handles.drain(this::dropHostObject);
            }
        } finally {
            core().close();
        }
    }

    private void dropHostObject(Handle handle) {
        if (handle.own && handle.type instanceof HostResourceType host && handle.object != null) {
            host.drop(state, handle.object);
        }
    }
}

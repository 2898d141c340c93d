package dev.warpgrid.wasi.p1;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.component.binary.CoreModuleRewriter;
import dev.warpgrid.component.engine.CoreInstance;
import dev.warpgrid.component.engine.CoreStore;
import dev.warpgrid.wasi.GuestExitException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiConfig;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One instance of a core module. One thread at a time, {@link #interrupt} excepted. */
public final class Preview1Instance implements AutoCloseable {
    private final Preview1Module module;
    private final InstanceState state;
    private final Descriptors descriptors;
    private final CoreStore store;
    private @Nullable CoreInstance instance;
    private @Nullable GuestMemory memory;
    private @Nullable TrapException cause;
    private volatile @Nullable String interruptReason;
    private boolean closed;

    private Preview1Instance(Preview1Module module, WasiConfig config) {
        this.module = module;
        this.state = new InstanceState(config);
        this.descriptors = new Descriptors(state);
        this.store = module.engine().newStore(this);
    }

    static Preview1Instance start(Preview1Module module, WasiConfig config) {
        Preview1Instance guest = new Preview1Instance(module, config);
        boolean done = false;
        try {
            guest.enter(() -> {
                CoreInstance made = guest.store.instantiate(module.module(), module.imports());
                guest.instance = made;
                guest.memory = new GuestMemory(made.memory(Preview1Module.MEMORY));
                if (!module.command() && module.exportsFunction(Preview1Module.INITIALIZE)) {
                    made.function(Preview1Module.INITIALIZE).call();
                }
                return 0;
            });
            done = true;
        } finally {
            if (!done) {
                guest.close();
            }
        }
        return guest;
    }

    /**
     * Runs a command to its end on this thread. A command runs once.
     *
     * @return its exit code
     * @throws TrapException when it trapped or was interrupted
     */
    public int run() {
        try {
            call(Preview1Module.START);
            return 0;
        } catch (TrapException e) {
            if (e.getCause() instanceof GuestExitException exit) {
                return exit.code();
            }
            throw e;
        }
    }

    /**
     * Calls an exported function on this thread; values are raw bits, i32 and f32 in the low half.
     *
     * @return the only result, or 0 when there is none
     * @throws IllegalArgumentException when there is no such function
     * @throws TrapException when the call does not return; the instance is poisoned
     */
    public long call(String function, long... arguments) {
        if (!module.exportsFunction(function)) {
            throw new IllegalArgumentException(
                    "The core module exports no function " + function + "; it exports " + module.functions() + ".");
        }
        return enter(() -> instance().function(function).call(arguments));
    }

    private long enter(LongSupplier work) {
        requireUsable();
        state.enter();
        try {
            store.enter();
            try {
                return work.getAsLong();
            } finally {
                store.leave();
            }
        } catch (RuntimeException | Error e) {
            throw poison(e);
        } finally {
            state.exit();
        }
    }

    private void requireUsable() {
        TrapException before = cause;
        String reason = interruptReason;
        if (reason != null) {
            throw new TrapException(Kind.INTERRUPTED, reason);
        }
        if (before != null) {
            throw new TrapException(
                    Kind.POISONED,
                    "The instance is not usable any more since it ended: " + before.getMessage(),
                    before);
        }
        if (closed) {
            throw new TrapException(Kind.POISONED, "The instance is closed.");
        }
    }

    private TrapException poison(Throwable failure) {
        String reason = interruptReason;
        TrapException trap;
        if (reason != null) {
            trap = new TrapException(Kind.INTERRUPTED, reason, failure);
        } else if (failure instanceof TrapException already) {
            trap = already;
        } else if (failure instanceof StackOverflowError) {
            trap = new TrapException(Kind.STACK_OVERFLOW, "The guest's calls are too deep for the stack.");
        } else {
            trap = new TrapException(Kind.HOST_FAILURE, "The host failed during a call: " + failure, failure);
        }
        cause = trap;
        return trap;
    }

    WasiConfig config() {
        return state.config();
    }

    InstanceState state() {
        return state;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    private CoreInstance instance() {
        CoreInstance made = instance;
        if (made == null) {
            throw new IllegalStateException("The instance is not made yet.");
        }
        return made;
    }

    GuestMemory memory() {
        GuestMemory known = memory;
        if (known == null) {
            throw new TrapException(
                    Kind.OTHER, "The module's start function called preview 1 before its memory could be reached.");
        }
        return known;
    }

    /** Ends a running call from any thread, guest code and waits alike, and poisons the instance. Does not wait. */
    public void interrupt(String reason) {
        if (interruptReason == null) {
            interruptReason = reason;
            store.interrupt();
            state.interrupt(reason);
        }
    }

    /** Whether a trap, an exit, an interrupt or {@link #close} has ended the use of this instance. */
    public boolean poisoned() {
        return cause != null || interruptReason != null || closed;
    }

    /** The size of all its linear memories now, in bytes; 0 once it is closed or interrupted. */
    public long memoryBytes() {
        CoreInstance made = instance;
        if (made == null || closed || interruptReason != null) {
            return 0;
        }
        long sum = 0;
        for (int index = 0; index < module.memories().size(); index++) {
            sum += made.memory(CoreModuleRewriter.MEMORY_EXPORT + index).byteSize();
        }
        return sum;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            state.close();
            descriptors.closeAll();
            store.close();
        }
    }
}

package dev.warpgrid.wasi.command;

import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestExitException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.p1.Preview1Instance;

/** One run of a command. */
public sealed interface CommandRun extends AutoCloseable {
    /**
     * Runs the command to its end on this thread, once.
     *
     * @return its exit code; a component that answers an error without a code has 1
     * @throws TrapException when it trapped or was interrupted
     */
    int run();

    /** Ends the run from any thread. Does not wait. */
    void interrupt(String reason);

    @Override
    void close();

    /** A run of a component. */
    record OfComponent(ComponentInstance instance, InstanceState state) implements CommandRun {
        @Override
        public int run() {
            state.enter();
            try {
                Object result = instance.function(CommandProgram.RUN, "run").call();
                return result instanceof Variant variant && variant.isOk() ? 0 : 1;
            } catch (TrapException e) {
                if (e.getCause() instanceof GuestExitException exit) {
                    return exit.code();
                }
                throw e;
            } finally {
                state.exit();
            }
        }

        @Override
        public void interrupt(String reason) {
            instance.interrupt(reason);
            state.interrupt(reason);
        }

        @Override
        public void close() {
            state.close();
            instance.close();
        }
    }

    /** A run of a preview 1 module. */
    record OfModule(Preview1Instance instance) implements CommandRun {
        @Override
        public int run() {
            return instance.run();
        }

        @Override
        public void interrupt(String reason) {
            instance.interrupt(reason);
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}

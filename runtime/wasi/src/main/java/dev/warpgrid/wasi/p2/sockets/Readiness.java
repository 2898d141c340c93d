package dev.warpgrid.wasi.p2.sockets;

import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Whether a channel has become ready for an operation since somebody looked; it stays so. */
final class Readiness implements BooleanSupplier {
    private final SelectableChannel channel;
    private final int operation;
    private final AtomicBoolean ready = new AtomicBoolean();

    Readiness(SelectableChannel channel, int operation) {
        this.channel = channel;
        this.operation = operation;
    }

    @Override
    public boolean getAsBoolean() {
        if (!ready.get()) {
            ready.set(!channel.isOpen() || Probe.ready(channel, operation));
        }
        return ready.get();
    }

    /** Asks the machine without waiting. */
    private static final class Probe {
        private static boolean ready(SelectableChannel channel, int operation) {
            try (java.nio.channels.Selector selector = java.nio.channels.Selector.open()) {
                channel.register(selector, operation);
                return selector.selectNow() > 0;
            } catch (java.io.IOException e) {
                return true;
            }
        }
    }
}

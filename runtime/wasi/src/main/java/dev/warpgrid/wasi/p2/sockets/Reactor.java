package dev.warpgrid.wasi.p2.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The one thread of the process that waits for the sockets of all guests. Starts with the first guest that waits. */
final class Reactor {
    private final Selector selector;
    /** Bounded by the sockets there are: each watcher adds one when it begins to wait and one when it ends. */
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();

    /** Holds the only one. */
    private static final class Shared {
        private static final Reactor REACTOR = new Reactor();
    }

    private Reactor() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("The machine gives no selector for the sockets of guests.", e);
        }
        Thread.ofPlatform().daemon().name("guest-sockets").start(this::run);
    }

    static Reactor shared() {
        return Shared.REACTOR;
    }

    /** Calls back once when the channel is ready or closed. */
    void watch(SelectableChannel channel, int operations, Runnable waker) {
        change(() -> {
            try {
                channel.register(selector, operations, waker);
            } catch (ClosedChannelException | CancelledKeyException e) {
                waker.run();
            }
        });
    }

    void forget(SelectableChannel channel) {
        change(() -> {
            SelectionKey key = channel.keyFor(selector);
            if (key != null && key.isValid()) {
                key.interestOps(0);
            }
        });
    }

    private void change(Runnable change) {
        changes.add(change);
        selector.wakeup();
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select();
                for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
                    change.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    wake(key);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new UncheckedIOException("Waiting for the sockets of guests failed.", e);
            }
        }
    }

    private static void wake(SelectionKey key) {
        Runnable waker = (Runnable) key.attachment();
        if (key.isValid()) {
            key.interestOps(0);
        }
        waker.run();
    }
}

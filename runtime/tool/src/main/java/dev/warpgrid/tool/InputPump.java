package dev.warpgrid.tool;

import dev.warpgrid.wasi.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blocking stream on a thread of its own into one bounded window, so that a guest can ask what is there. The
 * thread starts with the first question: a guest that does not read its input leaves it to the next program.
 */
final class InputPump implements ByteSource {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};

    private final InputStream stream;
    private final Object lock = new Object();
    private byte[] window = NOTHING;
    private int at;
    private boolean started;
    private boolean wanted;
    private boolean ended;
    private boolean stopped;
    private @Nullable String failure;
    private @Nullable Runnable waker;

    InputPump(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int available() {
        synchronized (lock) {
            if (at < window.length) {
                return window.length - at;
            }
            if (!ended) {
                want();
            }
            return ended ? -1 : 0;
        }
    }

    private void want() {
        wanted = true;
        if (started) {
            lock.notifyAll();
        } else {
            started = true;
            Thread.ofVirtual().name("input").start(this::pump);
        }
    }

    @Override
    public byte[] read(int maxBytes) {
        synchronized (lock) {
            int count = Math.min(maxBytes, window.length - at);
            byte[] taken = at == 0 && count == window.length ? window : Arrays.copyOfRange(window, at, at + count);
            at += count;
            return taken;
        }
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (lock) {
            while (available() == 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                lock.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }

    @Override
    public boolean wake(@Nullable Runnable runnable) {
        synchronized (lock) {
            waker = runnable;
        }
        return true;
    }

    /** Why the stream ended before its end; null when it did not. */
    @Nullable
    String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** Nobody reads any more. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            ended = true;
            lock.notifyAll();
        }
    }

    private void pump() {
        byte[] buffer = new byte[WINDOW_BYTES];
        try {
            while (awaitWanted()) {
                int count = stream.read(buffer);
                arrived(count < 0 ? null : Arrays.copyOf(buffer, count));
                if (count < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            synchronized (lock) {
                failure = String.valueOf(e.getMessage());
            }
            arrived(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            arrived(null);
        }
    }

    private boolean awaitWanted() throws InterruptedException {
        synchronized (lock) {
            while (!stopped && !wanted) {
                lock.wait();
            }
            wanted = false;
            return !stopped;
        }
    }

    private void arrived(byte @Nullable [] bytes) {
        Runnable woken;
        synchronized (lock) {
            if (bytes == null) {
                ended = true;
            } else {
                window = bytes;
                at = 0;
            }
            lock.notifyAll();
            woken = waker;
        }
        if (woken != null) {
            woken.run();
        }
    }
}

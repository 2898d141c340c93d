package dev.warpgrid.wasi.http;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A request body with a bounded window: {@link #offer} waits while it is full, as a server's read side would. */
final class WindowBody implements RequestBody {
    private final int windowBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int held;
    private int mostHeld;
    private boolean ended;
    private boolean cancelled;
    private HttpFields trailers = HttpFields.none();
    private @Nullable String failure;
    private @Nullable Runnable waker;
    private final boolean wakes;

    WindowBody(int windowBytes) {
        this(windowBytes, true);
    }

    /** With {@code wakes} false it can be waited for by itself only. */
    WindowBody(int windowBytes, boolean wakes) {
        this.windowBytes = windowBytes;
        this.wakes = wakes;
    }

    private void changed() {
        changed.signalAll();
        if (waker != null) {
            waker.run();
        }
    }

    /** A body that is there as a whole. */
    static WindowBody of(byte[] bytes) {
        WindowBody body = new WindowBody(Math.max(1, bytes.length));
        body.offer(bytes);
        body.end(HttpFields.none());
        return body;
    }

    void offer(byte[] bytes) {
        lock.lock();
        try {
            while (held + bytes.length > windowBytes && !cancelled) {
                changed.awaitUninterruptibly();
            }
            if (bytes.length > 0 && !cancelled) {
                chunks.add(bytes);
                held += bytes.length;
                mostHeld = Math.max(mostHeld, held);
            }
            changed();
        } finally {
            lock.unlock();
        }
    }

    void end(HttpFields withTrailers) {
        lock.lock();
        try {
            ended = true;
            trailers = withTrailers;
            changed();
        } finally {
            lock.unlock();
        }
    }

    void breakOff(String why) {
        failure = why;
        end(HttpFields.none());
    }

    int mostHeld() {
        return mostHeld;
    }

    boolean cancelled() {
        return cancelled;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return held == 0 && ended ? -1 : held;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte[] read(int maxBytes) {
        lock.lock();
        try {
            byte[] first = chunks.poll();
            if (first == null) {
                return new byte[0];
            }
            if (first.length > maxBytes) {
                chunks.addFirst(Arrays.copyOfRange(first, maxBytes, first.length));
                first = Arrays.copyOf(first, maxBytes);
            }
            held -= first.length;
            changed();
            return first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitReadable(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = System.nanoTime() + nanos;
            while (held == 0 && !ended) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
            return held > 0 || ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean wake(@Nullable Runnable asked) {
        lock.lock();
        try {
            waker = wakes ? asked : null;
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HttpFields trailers() {
        return trailers;
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}

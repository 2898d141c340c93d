package dev.warpgrid.wasi.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Takes a response with a bounded window; without a window it just takes everything. */
final class WindowSink implements HttpResponseSink {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    private final int windowBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int mostHeld;
    private int status;
    private int heads;
    private HttpFields headers = HttpFields.none();
    private @Nullable HttpFields trailers;
    private @Nullable String aborted;
    private boolean closed;
    private @Nullable Runnable waker;
    private final boolean wakes;

    WindowSink(int windowBytes) {
        this(windowBytes, true);
    }

    /** With {@code wakes} false it can be waited for by itself only. */
    WindowSink(int windowBytes, boolean wakes) {
        this.windowBytes = windowBytes;
        this.wakes = wakes;
    }

    private void changed() {
        changed.signalAll();
        if (waker != null) {
            waker.run();
        }
    }

    static WindowSink unbounded() {
        return new WindowSink(UNBOUNDED);
    }

    /** Takes out what was written, waiting for it; null at the end. */
    byte @Nullable [] drain() {
        lock.lock();
        try {
            while (body.size() == 0 && trailers == null && aborted == null) {
                changed.awaitUninterruptibly();
            }
            if (body.size() == 0) {
                return null;
            }
            byte[] taken = body.toByteArray();
            body.reset();
            changed();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void disconnect() {
        lock.lock();
        try {
            closed = true;
            changed();
        } finally {
            lock.unlock();
        }
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    int status() {
        return status;
    }

    HttpFields headers() {
        return headers;
    }

    @Nullable
    HttpFields trailers() {
        return trailers;
    }

    @Nullable
    String aborted() {
        return aborted;
    }

    boolean untouched() {
        return heads == 0 && body.size() == 0 && trailers == null && aborted == null;
    }

    int mostHeld() {
        return mostHeld;
    }

    @Override
    public void head(int code, HttpFields fields) {
        if (++heads > 1) {
            throw new IllegalStateException("The head came twice.");
        }
        status = code;
        headers = fields;
    }

    @Override
    public int writable() {
        lock.lock();
        try {
            return windowBytes - body.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes) {
        lock.lock();
        try {
            if (heads == 0 || bytes.length > windowBytes - body.size() || trailers != null || aborted != null) {
                throw new IllegalStateException("A write of " + bytes.length + " bytes came at the wrong time.");
            }
            body.writeBytes(bytes);
            mostHeld = Math.max(mostHeld, body.size());
            changed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {}

    @Override
    public boolean awaitWritable(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = System.nanoTime() + nanos;
            while (body.size() >= windowBytes && !closed) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
            return body.size() < windowBytes || closed;
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
    public void end(HttpFields withTrailers) {
        lock.lock();
        try {
            trailers = withTrailers;
            changed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abort(String reason) {
        lock.lock();
        try {
            aborted = reason;
            changed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean closed() {
        return closed;
    }
}

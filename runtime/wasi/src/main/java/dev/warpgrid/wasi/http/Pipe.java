package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.Waiting;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bounded stream of bytes between a guest's thread and one that talks to a peer, with trailers or an error at its end.
 * The guest's end never waits but where it asks to; the other does. A pipe goes one way: out of the guest as a
 * {@link BodyTarget}, into it as a {@link RequestBody}.
 */
final class Pipe implements BodyTarget, RequestBody {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Object lock = new Object();
    private final Deque<byte[]> parts = new ArrayDeque<>();
    private int firstOffset;
    private int held;
    private boolean ended;
    private boolean cancelled;
    private HttpFields trailers = HttpFields.none();
    private @Nullable Variant error;
    private @Nullable Runnable waker;
    private final Runnable whenCancelled;

    /**
     * A pipe.
     *
     * @param whenCancelled runs when the guest wants no more of what comes in, or breaks off what goes out
     */
    Pipe(Runnable whenCancelled) {
        this.whenCancelled = whenCancelled;
    }

    private void changed() {
        Runnable woken;
        synchronized (lock) {
            lock.notifyAll();
            woken = waker;
        }
        if (woken != null) {
            woken.run();
        }
    }

    // The guest's end of what goes out.

    @Override
    public int credit() {
        synchronized (lock) {
            return ended || cancelled ? -1 : WINDOW_BYTES - held;
        }
    }

    @Override
    public void write(byte[] bytes) {
        synchronized (lock) {
            if (ended || cancelled || bytes.length == 0) {
                return;
            }
            parts.add(bytes);
            held += bytes.length;
        }
        changed();
    }

    @Override
    public void flush() {}

    @Override
    public void awaitWritable(long nanos) throws InterruptedException {
        Waiting.on(lock, () -> credit() != 0, nanos);
    }

    @Override
    public void end(HttpFields last) {
        synchronized (lock) {
            if (!ended) {
                ended = true;
                trailers = last;
            }
        }
        changed();
    }

    @Override
    public void abort(String reason) {
        fail(ErrorCode.of("internal-error", Variant.some(reason)));
        whenCancelled.run();
    }

    @Override
    public boolean bodiless() {
        return false;
    }

    // The guest's end of what comes in.

    @Override
    public int available() {
        synchronized (lock) {
            return held > 0 ? held : ended ? -1 : 0;
        }
    }

    @Override
    public byte[] read(int maxBytes) {
        byte[] taken;
        synchronized (lock) {
            taken = take(maxBytes);
        }
        changed();
        return taken;
    }

    private byte[] take(int most) {
        byte[] first = parts.peekFirst();
        if (first == null) {
            return NOTHING;
        }
        int count = Math.min(most, first.length - firstOffset);
        boolean whole = firstOffset == 0 && count == first.length;
        byte[] taken = whole ? first : Arrays.copyOfRange(first, firstOffset, firstOffset + count);
        firstOffset += count;
        held -= count;
        if (firstOffset == first.length) {
            parts.removeFirst();
            firstOffset = 0;
        }
        return taken;
    }

    @Override
    public boolean awaitReadable(long nanos) throws InterruptedException {
        Waiting.on(lock, () -> available() != 0, nanos);
        return available() != 0;
    }

    @Override
    public HttpFields trailers() {
        synchronized (lock) {
            return trailers;
        }
    }

    @Override
    public Optional<String> failure() {
        return failureCode().map(code -> "The body ended early: " + ErrorCode.describe(code) + ".");
    }

    @Override
    public Optional<Variant> failureCode() {
        synchronized (lock) {
            return Optional.ofNullable(error);
        }
    }

    @Override
    public void cancel() {
        boolean first;
        synchronized (lock) {
            first = !cancelled && !ended;
            cancelled = true;
            parts.clear();
            held = 0;
            firstOffset = 0;
        }
        changed();
        if (first) {
            whenCancelled.run();
        }
    }

    @Override
    public boolean wake(@Nullable Runnable runnable) {
        synchronized (lock) {
            waker = runnable;
        }
        return true;
    }

    // The other thread's ends.

    /** Waits for room and puts bytes in; answers false when nobody wants them. */
    boolean put(byte[] bytes, int offset, int length) throws InterruptedException {
        int done = 0;
        while (done < length) {
            synchronized (lock) {
                while (!cancelled && !ended && held >= WINDOW_BYTES) {
                    lock.wait();
                }
                if (cancelled || ended) {
                    return false;
                }
                int part = Math.min(length - done, WINDOW_BYTES - held);
                parts.add(Arrays.copyOfRange(bytes, offset + done, offset + done + part));
                held += part;
                done += part;
            }
            changed();
        }
        return true;
    }

    /** Waits for bytes and takes them; null at the end, which may be an error. */
    byte @Nullable [] next() throws InterruptedException {
        byte[] taken;
        synchronized (lock) {
            while (!cancelled && !ended && held == 0) {
                lock.wait();
            }
            if (held == 0 || cancelled) {
                return null;
            }
            taken = take(WINDOW_BYTES);
        }
        changed();
        return taken;
    }

    /** Waits a little for the first bytes or the end; answers whether it ended without any. */
    boolean endsEmptyWithin(long millis) throws InterruptedException {
        Waiting.on(lock, () -> cancelled || ended || held > 0, millis * NANOS_PER_MILLI);
        synchronized (lock) {
            return ended && held == 0 && error == null;
        }
    }

    /** Ends it with an error. */
    void fail(Variant code) {
        synchronized (lock) {
            if (!ended) {
                ended = true;
                error = code;
            }
        }
        changed();
    }
}

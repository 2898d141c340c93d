package dev.warpgrid.agent.ingress;

import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request body on its way to a guest: filled by the event loop, emptied by the guest's thread, and no larger than its
 * window. The connection is paused while the window is full. What was read can be kept for a while, so that a request that
 * one place turns away begins anew at another.
 */
final class BodyWindow implements RequestBody {
    private static final byte[] NONE = {};

    private final HttpServerRequest request;
    private final Executor loop;
    private final IngressLimits limits;
    private final Runnable whenTooLarge;

    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int headOffset;
    private int buffered;
    private long received;
    private boolean paused;
    private boolean ended;
    private boolean cancelled;
    private @Nullable String failure;
    private @Nullable Runnable waker;
    /** What was read and may be asked for again; null where nothing is kept, or no longer all of it. */
    private @Nullable ArrayDeque<byte[]> kept;

    private int keptBytes;
    private int mostKept;
    private boolean readAnything;

    BodyWindow(HttpServerRequest request, Executor loop, IngressLimits limits, Runnable whenTooLarge) {
        this.request = request;
        this.loop = loop;
        this.limits = limits;
        this.whenTooLarge = whenTooLarge;
    }

    /** On the event loop, before the request's first byte of body. */
    void listen() {
        request.handler(this::accept);
        request.endHandler(ignored -> finish());
    }

    private void accept(Buffer data) {
        boolean tooLarge;
        synchronized (this) {
            received += data.length();
            tooLarge = received > limits.bodyBytes();
            if (tooLarge) {
                failure = "The request's body is larger than " + limits.bodyBytes() + " bytes.";
                ended = true;
                chunks.clear();
                buffered = 0;
            } else if (!cancelled && !ended) {
                chunks.addLast(data.getBytes());
                buffered += data.length();
                if (buffered >= limits.requestWindowBytes() && !paused) {
                    paused = true;
                    request.pause();
                }
            }
            notifyAll();
        }
        wakeReader();
        if (tooLarge) {
            whenTooLarge.run();
        }
    }

    private void finish() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        wakeReader();
    }

    /** The client went away. */
    void fail(String reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            failure = reason;
            ended = true;
            notifyAll();
        }
        wakeReader();
    }

    @Override
    public synchronized boolean wake(@Nullable Runnable newWaker) {
        waker = newWaker;
        return true;
    }

    private void wakeReader() {
        Runnable reader;
        synchronized (this) {
            reader = waker;
        }
        if (reader != null) {
            reader.run();
        }
    }

    /** From now on up to so many bytes that are read stay at hand for {@link #rewind}. Before the first byte is read. */
    synchronized void keep(int mostBytes) {
        if (!readAnything) {
            kept = new ArrayDeque<>();
            keptBytes = 0;
            mostKept = mostBytes;
        }
    }

    /** The body will not be asked for again. */
    synchronized void forget() {
        kept = null;
    }

    /**
     * Puts what was read back to the front.
     *
     * @return whether the whole body can be read again
     */
    synchronized boolean rewind() {
        if (!readAnything) {
            return !cancelled && failure == null;
        }
        ArrayDeque<byte[]> again = kept;
        if (again == null || cancelled || failure != null) {
            return false;
        }
        byte[] head = chunks.peekFirst();
        if (head != null && headOffset > 0) {
            chunks.removeFirst();
            chunks.addFirst(Arrays.copyOfRange(head, headOffset, head.length));
        }
        headOffset = 0;
        buffered += keptBytes;
        while (!again.isEmpty()) {
            chunks.addFirst(again.removeLast());
        }
        keptBytes = 0;
        readAnything = false;
        return true;
    }

    @Override
    public synchronized int available() {
        return buffered > 0 ? buffered : ended ? -1 : 0;
    }

    @Override
    public byte[] read(int maxBytes) {
        byte[] taken;
        boolean resume;
        synchronized (this) {
            taken = take(maxBytes);
            resume = paused && buffered <= limits.requestWindowBytes() / 2;
            if (resume) {
                paused = false;
            }
        }
        if (resume) {
            loop.execute(request::resume);
        }
        return taken;
    }

    private byte[] take(int maxBytes) {
        byte[] head = chunks.peekFirst();
        if (head == null || maxBytes <= 0) {
            return NONE;
        }
        int left = head.length - headOffset;
        byte[] taken;
        if (left <= maxBytes) {
            taken = headOffset == 0 ? head : Arrays.copyOfRange(head, headOffset, head.length);
            chunks.removeFirst();
            headOffset = 0;
        } else {
            taken = Arrays.copyOfRange(head, headOffset, headOffset + maxBytes);
            headOffset += maxBytes;
        }
        buffered -= taken.length;
        readAnything = true;
        if (kept != null) {
            keptBytes += taken.length;
            if (keptBytes > mostKept) {
                kept = null;
            } else {
                kept.addLast(taken);
            }
        }
        return taken;
    }

    @Override
    public synchronized boolean awaitReadable(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (buffered == 0 && !ended) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** None: the network framework reads request trailers past us. */
    @Override
    public HttpFields trailers() {
        return HttpFields.none();
    }

    @Override
    public void cancel() {
        boolean resume;
        synchronized (this) {
            cancelled = true;
            chunks.clear();
            headOffset = 0;
            buffered = 0;
            resume = paused;
            paused = false;
        }
        if (resume) {
            loop.execute(request::resume);
        }
    }

    @Override
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether all of it came; if not, the connection cannot take another request. */
    synchronized boolean whole() {
        return ended && failure == null;
    }
}

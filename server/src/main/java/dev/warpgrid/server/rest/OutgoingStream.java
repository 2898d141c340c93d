package dev.warpgrid.server.rest;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.Caller;
import dev.warpgrid.api.Grants;
import dev.warpgrid.api.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An answer that goes on: frames are put in by whoever has news and written by the answer's own thread. A reader that takes
 * nothing for {@link #PATIENCE} is let go; a reader that went away is noticed at the next heartbeat.
 */
final class OutgoingStream implements AutoCloseable {
    static final int MAXIMUM_WAITING_FRAMES = 64;
    static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** How often the caller is looked at again. */
    static final Duration CHECK = Duration.ofSeconds(1);

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(MAXIMUM_WAITING_FRAMES);
    private final AtomicReference<Subscription> source = new AtomicReference<>();
    private final StreamFormat format;
    private final Caller caller;
    /** What the caller held when the stream began. */
    private final Grants grants;

    private volatile boolean closed;

    OutgoingStream(StreamFormat format, Caller caller) {
        this.format = format;
        this.caller = caller;
        this.grants = caller.grants();
    }

    /** What to end when the answer ends. */
    void from(Subscription subscription) {
        source.set(subscription);
        if (closed) {
            subscription.close();
        }
    }

    /** Waits while the reader is slow; does nothing once the stream is closed. */
    void send(String event, String id, Object data) {
        put(format.frame(event, id, data));
    }

    void end() {
        put(END);
    }

    private void put(byte[] frame) {
        try {
            if (!closed && !frames.offer(frame, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    void writeTo(OutputStream out) {
        try {
            out.write(format.beginning().getBytes(StandardCharsets.UTF_8));
            out.flush();
            long quietSince = System.nanoTime();
            while (!closed && isAsBefore()) {
                byte[] frame = frames.poll(CHECK.toMillis(), TimeUnit.MILLISECONDS);
                if (frame != null && frame.length == 0) {
                    return;
                }
                if (frame == null && System.nanoTime() - quietSince < HEARTBEAT.toNanos()) {
                    continue;
                }
                out.write(frame == null ? format.heartbeat().getBytes(StandardCharsets.UTF_8) : frame);
                out.flush();
                quietSince = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader went away, which is how most streams end.
        } finally {
            close();
        }
    }

    /** A caller who may more or less than at the beginning asks again, and is judged anew. */
    private boolean isAsBefore() {
        try {
            return caller.grants().equals(grants);
        } catch (ApiException e) {
            // Nobody can be looked up while the database is away, and nothing can have changed.
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
        frames.clear();
        Subscription subscription = source.get();
        if (subscription != null) {
            subscription.close();
        }
    }
}

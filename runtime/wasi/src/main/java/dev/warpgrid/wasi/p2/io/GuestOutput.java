package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code wasi:io/streams.output-stream}: bytes that a guest writes, within the credit that check-write gave. */
public abstract class GuestOutput extends WasiResource implements Waiting {
    /** What the blocking write functions take in one call, by their specification. */
    static final int BLOCKING_WRITE_BYTES = 4096;

    private final InstanceState state;
    private long permitted;

    protected GuestOutput(InstanceState state, @Nullable WasiResource parent) {
        super(parent);
        this.state = state;
        state.streamOpened();
    }

    /** Bytes that {@link #accept} takes at once; 0 when it has to be waited, -1 when the stream is closed. */
    protected abstract int credit();

    /** Takes bytes within the credit. */
    protected abstract void accept(byte[] bytes);

    /** What was accepted is to go out now. */
    protected void flush() {}

    /** Refuses a wait for credit that nobody but the waiting guest itself could give. */
    protected void refuseVainWait() {}

    /** Why the stream closed by itself; null when it did not. */
    protected @Nullable IoError failure() {
        return null;
    }

    /** Something can be written, or the stream is closed. */
    final boolean ready() {
        return credit() != 0;
    }

    final Variant checkWrite(InstanceState state) {
        int credit = credit();
        if (credit < 0) {
            return ended();
        }
        permitted = Math.min(credit, state.config().limits().streamChunkBytes());
        return Variant.ok(permitted);
    }

    final Variant write(byte[] bytes) {
        if (bytes.length > permitted) {
            throw new GuestFaultException("The guest wrote " + bytes.length + " bytes where check-write permitted "
                    + permitted + "; it must ask before it writes.");
        }
        permitted -= bytes.length;
        return credit() < 0 ? ended() : put(bytes);
    }

    final Variant flushNow() {
        if (credit() < 0) {
            return ended();
        }
        flush();
        return Variant.ok();
    }

    final Variant blockingWriteAndFlush(InstanceState state, byte[] bytes) {
        if (bytes.length > BLOCKING_WRITE_BYTES) {
            throw new GuestFaultException("The guest gave " + bytes.length
                    + " bytes to blocking-write-and-flush, which takes " + BLOCKING_WRITE_BYTES + " at most.");
        }
        int done = 0;
        while (done < bytes.length) {
            int credit = awaitCredit(state);
            if (credit < 0) {
                return ended();
            }
            int part = Math.min(credit, bytes.length - done);
            Variant written = put(part == bytes.length ? bytes : Arrays.copyOfRange(bytes, done, done + part));
            if (written.isErr()) {
                return written;
            }
            done += part;
        }
        return flushNow();
    }

    final Variant splice(InstanceState state, GuestInput from, long most) {
        int credit = credit();
        if (credit < 0) {
            return ended();
        }
        int available = from.available();
        if (available < 0) {
            return from.ended();
        }
        long bound =
                Math.min(Math.min(credit, available), state.config().limits().streamChunkBytes());
        int count = (int) GuestInput.lengthOf(most, bound);
        if (count == 0) {
            return Variant.ok(0L);
        }
        byte[] moved = from.take(count);
        Variant written = put(moved);
        return written.isErr() ? written : Variant.ok((long) moved.length);
    }

    final Variant blockingSplice(InstanceState state, GuestInput from, long most) {
        if (most != 0) {
            from.awaitFor(state, most);
            if (from.available() > 0) {
                awaitCredit(state);
            }
        }
        Variant moved = splice(state, from, most);
        flush();
        return moved;
    }

    private Variant put(byte[] bytes) {
        if (bytes.length > 0) {
            state.output(bytes.length);
            accept(bytes);
        }
        IoError failure = failure();
        return failure == null ? Variant.ok() : StreamError.failed(failure);
    }

    final int awaitCredit(InstanceState state) {
        int credit = credit();
        while (credit == 0) {
            refuseVainWait();
            state.await(this, Pollable.NO_TIME_SET);
            credit = credit();
        }
        return credit;
    }

    private Variant ended() {
        IoError failure = failure();
        return failure == null ? StreamError.closed() : StreamError.failed(failure);
    }

    @Override
    protected final String wasiName() {
        return "output-stream";
    }

    @Override
    protected void dropped(InstanceState state) {
        state.streamClosed();
    }
}

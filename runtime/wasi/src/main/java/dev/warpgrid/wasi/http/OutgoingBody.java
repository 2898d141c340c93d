package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.p2.io.Pollable;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasi:http/types.outgoing-body}. A guest may write before it sets its response; such bytes are held back here,
 * bounded, until the body is attached to an exchange.
 */
final class OutgoingBody extends WasiResource {
    private static final long NO_LENGTH = -1;

    private enum Stage {
        OPEN,
        FINISHED,
        DROPPED
    }

    private final String sizeError;
    private final long declaredBytes;
    private long writtenBytes;
    private boolean streamTaken;
    private Stage stage = Stage.OPEN;
    private HttpFields trailers = HttpFields.none();
    private @Nullable ByteArrayOutputStream early;
    private @Nullable BodyTarget exchange;

    /**
     * A body of a message.
     *
     * @param sizeError the error code for a body whose length is not the declared one
     */
    OutgoingBody(String sizeError, HttpFields headers) {
        super(null);
        this.sizeError = sizeError;
        this.declaredBytes =
                headers.first("content-length").map(OutgoingBody::length).orElse(NO_LENGTH);
    }

    private static long length(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            return NO_LENGTH;
        }
    }

    Variant write(InstanceState state) {
        if (streamTaken) {
            return Variant.err();
        }
        streamTaken = true;
        return Variant.ok(new BodyOutput(state, this));
    }

    boolean attached() {
        return exchange != null;
    }

    /** Bytes that {@link #accept} takes now; -1 when writing is in vain. */
    int credit(InstanceState state) {
        BodyTarget attached = exchange;
        if (attached != null) {
            return attached.credit();
        }
        return state.config().limits().earlyResponseBytes() - (early == null ? 0 : early.size());
    }

    /** Takes bytes; answers why not when they would be more than declared. */
    Optional<Variant> accept(byte[] bytes) {
        if (declaredBytes != NO_LENGTH && writtenBytes + bytes.length > declaredBytes) {
            return Optional.of(wrongSize(writtenBytes + bytes.length));
        }
        writtenBytes += bytes.length;
        BodyTarget attached = exchange;
        if (attached != null) {
            attached.write(bytes);
            return Optional.empty();
        }
        ByteArrayOutputStream held = early;
        if (held == null) {
            held = new ByteArrayOutputStream(bytes.length);
            early = held;
        }
        held.writeBytes(bytes);
        return Optional.empty();
    }

    void flush() {
        if (exchange != null) {
            exchange.flush();
        }
    }

    void await(long nanos) throws InterruptedException {
        if (exchange != null) {
            exchange.awaitWritable(nanos);
        } else {
            // Nothing but this very guest could make room before the response is set.
            Thread.sleep(Duration.ofNanos(nanos));
        }
    }

    boolean wake(@Nullable Runnable waker) {
        return exchange == null || exchange.wake(waker);
    }

    /** The response goes out: what was held back follows its head. */
    void attach(InstanceState state, BodyTarget to) {
        exchange = to;
        if (early != null) {
            sendEarly(state, to, early.toByteArray());
            early = null;
        }
        switch (stage) {
            case OPEN -> {}
            case FINISHED -> {
                if (shorterThanDeclared(to)) {
                    abortShort(to);
                } else {
                    to.end(trailers);
                }
            }
            case DROPPED -> to.abort("The guest dropped the response body without finishing it.");
        }
    }

    private static void sendEarly(InstanceState state, BodyTarget to, byte[] held) {
        int done = 0;
        while (done < held.length) {
            int credit = to.credit();
            if (credit < 0) {
                return;
            }
            if (credit == 0) {
                state.await(to::awaitWritable, Pollable.NO_TIME_SET);
            } else {
                int part = Math.min(credit, held.length - done);
                to.write(Arrays.copyOfRange(held, done, done + part));
                done += part;
            }
        }
    }

    /** The message goes nowhere: writing its body is in vain. */
    void refuse() {
        early = null;
        Pipe nowhere = new Pipe(() -> {});
        nowhere.end(HttpFields.none());
        exchange = nowhere;
    }

    Variant finish(InstanceState state, HttpFields given) {
        leave(state);
        BodyTarget attached = exchange;
        // Before the response is set nobody knows whether it is one that declares a length and has no body.
        boolean undecided = attached == null && writtenBytes == 0;
        if (!undecided && shorterThanDeclared(attached)) {
            stage = Stage.DROPPED;
            abortShort(attached);
            return Variant.err(wrongSize(writtenBytes));
        }
        stage = Stage.FINISHED;
        trailers = given.freeze();
        if (attached != null) {
            attached.end(trailers);
        }
        return Variant.ok();
    }

    private boolean shorterThanDeclared(@Nullable BodyTarget attached) {
        boolean mayBeEmpty = attached != null && attached.bodiless() && writtenBytes == 0;
        return declaredBytes != NO_LENGTH && writtenBytes != declaredBytes && !mayBeEmpty;
    }

    private void abortShort(@Nullable BodyTarget attached) {
        if (attached != null) {
            attached.abort(
                    "The guest wrote " + writtenBytes + " bytes of a body it declared to have " + declaredBytes + ".");
        }
    }

    private Variant wrongSize(long bytes) {
        return ErrorCode.of(sizeError, Variant.some(bytes));
    }

    @Override
    protected String wasiName() {
        return "outgoing-body";
    }

    @Override
    protected void dropped(InstanceState state) {
        stage = Stage.DROPPED;
        if (exchange != null) {
            exchange.abort("The guest dropped the response body without finishing it.");
        }
    }
}

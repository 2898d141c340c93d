package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, which the guest reads as fast as it likes: an implementation holds a bounded window and lets
 * the client wait. Called by the guest's thread only.
 */
public interface RequestBody {
    /** Bytes that can be read now; 0 when none has come yet, -1 at the end. */
    int available();

    /** Takes what is there, at most so many bytes; never waits. Empty when there is none now. */
    byte[] read(int maxBytes);

    /**
     * Waits until something can be read or the end is reached.
     *
     * @return whether that is so; false when the time is over first
     */
    boolean awaitReadable(long nanos) throws InterruptedException;

    /**
     * Asks to be called, from any thread, whenever {@link #available} may answer otherwise; replaces the one asked
     * before, and null ends it. A guest that polls body and response together is then woken at once.
     *
     * @return false when the implementation cannot do that; such a guest looks every millisecond
     */
    default boolean wake(@Nullable Runnable waker) {
        return false;
    }

    /** The trailers; asked for after the end. */
    HttpFields trailers();

    /** The guest wants no more of it: what comes may be thrown away. Called once at most, also after the end. */
    void cancel();

    /** Why the body ended before its end, as when the client went away; asked for after the end. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /**
     * The same as a case of {@code wasi:http/types.error-code}; by default the end of the connection where there was a
     * failure.
     */
    default Optional<Variant> failureCode() {
        return failure().map(why -> ErrorCode.of("connection-terminated"));
    }

    /** A body without bytes and trailers. */
    static RequestBody empty() {
        return EmptyBody.INSTANCE;
    }
}

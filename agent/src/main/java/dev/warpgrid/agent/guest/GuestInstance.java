package dev.warpgrid.agent.guest;

import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;

/** One running guest. One call at a time; only {@link #interrupt} and {@link #memoryBytes} may come from other threads. */
public interface GuestInstance extends AutoCloseable {
    /**
     * Answers one request on the caller's thread.
     *
     * @throws GuestCrashException when the guest trapped; the instance is then {@link #poisoned}
     * @throws GuestAnswerException when the guest ended well but set no response, or an error for one
     */
    void handle(HttpRequest request, HttpResponseSink response);

    /** Ends a running call from another thread; does not wait. The instance is poisoned. */
    void interrupt(String reason);

    boolean poisoned();

    /** All linear memories, in bytes. */
    long memoryBytes();

    @Override
    void close();
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.TrapException;

/** One instance of a program that answers HTTP requests. One call at a time; {@link #interrupt} from any thread. */
public sealed interface HttpInstance extends AutoCloseable permits ComponentHttpInstance, CgiInstance {
    /**
     * Lets the guest answer a request on this thread; returns when the guest does. When it throws after the head went
     * to the sink, the sink's {@code abort} was called; when it throws before, the sink was not touched. By its end the
     * request's body is cancelled, and neither of the two is used any more.
     *
     * @throws TrapException      when the guest trapped or was interrupted; the instance is poisoned
     * @throws HttpGuestException when the guest returned without a response; the instance stays usable
     */
    void handle(HttpRequest request, HttpResponseSink response);

    /** Ends a running call, guest code and waits alike, and poisons the instance. Does not wait. */
    void interrupt(String reason);

    boolean poisoned();

    /** The size of all linear memories now. */
    long memoryBytes();

    @Override
    void close();
}

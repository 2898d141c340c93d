package dev.warpgrid.wasi.http;

import dev.warpgrid.component.ComponentFunction;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.wasi.InstanceState;

/** One instance of a component that answers HTTP requests. One call at a time; {@link #interrupt} from any thread. */
public final class HttpInstance implements AutoCloseable {
    private final ComponentInstance instance;
    private final ComponentFunction handler;
    private final InstanceState state;

    HttpInstance(ComponentInstance instance, InstanceState state) {
        this.instance = instance;
        this.state = state;
        this.handler = instance.function(HttpComponent.HANDLER, "handle");
    }

    /**
     * Lets the guest answer a request on this thread; returns when the guest does. When it throws after the head went
     * to the sink, the sink's {@code abort} was called; when it throws before, the sink was not touched. By its end the
     * request's body is cancelled, and neither of the two is used any more.
     *
     * @throws TrapException      when the guest trapped or was interrupted; the instance is poisoned
     * @throws HttpGuestException when the guest returned without a response; the instance stays usable
     */
    public void handle(HttpRequest request, HttpResponseSink response) {
        Exchange exchange = new Exchange(request, response);
        state.enter();
        try {
            handler.call(new IncomingRequest(exchange), new ResponseOutparam(exchange));
        } catch (RuntimeException e) {
            exchange.broken("The guest trapped before it finished the response body: " + e.getMessage());
            throw e;
        } finally {
            state.exit();
        }
        exchange.returned();
    }

    /** Ends a running call, guest code and waits alike, and poisons the instance. Does not wait. */
    public void interrupt(String reason) {
        // First the instance: a wait that ends must already find it interrupted, or it would pass for a failure of
        // ours.
        instance.interrupt(reason);
        state.interrupt(reason);
    }

    public boolean poisoned() {
        return instance.poisoned();
    }

    /** The size of all linear memories now. */
    public long memoryBytes() {
        return instance.memoryBytes();
    }

    @Override
    public void close() {
        state.close();
        instance.close();
    }
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.ComponentFunction;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.wasi.InstanceState;

/** An instance of a component: the guest reads and writes through its handles while it is called. */
final class ComponentHttpInstance implements HttpInstance {
    private final ComponentInstance instance;
    private final ComponentFunction handler;
    private final InstanceState state;

    ComponentHttpInstance(ComponentInstance instance, InstanceState state) {
        this.instance = instance;
        this.state = state;
        this.handler = instance.function(HttpComponent.HANDLER, "handle");
    }

    @Override
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

    @Override
    public void interrupt(String reason) {
        // First the instance: a wait that ends must already find it interrupted, or it would pass for a failure of
        // ours.
        instance.interrupt(reason);
        state.interrupt(reason);
    }

    @Override
    public boolean poisoned() {
        return instance.poisoned();
    }

    @Override
    public long memoryBytes() {
        return instance.memoryBytes();
    }

    @Override
    public void close() {
        state.close();
        instance.close();
    }
}

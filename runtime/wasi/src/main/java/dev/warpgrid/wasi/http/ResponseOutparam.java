package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:http/types.response-outparam}: the one way to answer. */
final class ResponseOutparam extends WasiResource {
    private final Exchange exchange;

    ResponseOutparam(Exchange exchange) {
        super(null);
        this.exchange = exchange;
    }

    void set(InstanceState state, Variant result) {
        leave(state);
        if (result.isErr()) {
            exchange.fail((Variant) result.payload());
            return;
        }
        OutgoingResponse response = (OutgoingResponse) result.payload();
        response.leave(state);
        response.send(state, exchange);
    }

    @Override
    protected String wasiName() {
        return "response-outparam";
    }
}

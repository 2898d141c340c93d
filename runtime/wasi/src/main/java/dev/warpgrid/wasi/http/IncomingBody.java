package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:http/types.incoming-body}: gives its stream once, then its trailers. */
final class IncomingBody extends WasiResource {
    private final RequestBody body;
    private boolean streamTaken;

    IncomingBody(RequestBody body) {
        super(null);
        this.body = body;
    }

    Variant stream(InstanceState state) {
        if (streamTaken) {
            return Variant.err();
        }
        streamTaken = true;
        return Variant.ok(new BodyInput(state, this, body));
    }

    /** The guest gives the body up for its trailers. */
    FutureTrailers finish(InstanceState state) {
        leave(state);
        return new FutureTrailers(body);
    }

    @Override
    protected String wasiName() {
        return "incoming-body";
    }

    @Override
    protected void dropped(InstanceState state) {
        body.cancel();
    }
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.outgoing-response}. */
final class OutgoingResponse extends WasiResource {
    private static final int OK = 200;
    private static final int LEAST_FINAL_STATUS = 200;
    private static final int MOST_STATUS = 999;

    private final HttpFields headers;
    private int status = OK;
    private @Nullable OutgoingBody body;

    OutgoingResponse(HttpFields headers) {
        super(null);
        this.headers = headers.freeze();
    }

    int status() {
        return status;
    }

    Variant setStatus(int code) {
        // An interim status here would leave the client waiting for the final one.
        if (code < LEAST_FINAL_STATUS || code > MOST_STATUS) {
            return Variant.err();
        }
        status = code;
        return Variant.ok();
    }

    Fields headers() {
        return new Fields(this, headers);
    }

    Variant body() {
        if (body != null) {
            return Variant.err();
        }
        OutgoingBody taken = new OutgoingBody("HTTP-response-body-size", headers);
        body = taken;
        return Variant.ok(taken);
    }

    void send(InstanceState state, Exchange exchange) {
        exchange.head(status, headers);
        OutgoingBody taken = body;
        if (taken == null) {
            taken = new OutgoingBody("HTTP-response-body-size", headers);
            taken.finish(state, HttpFields.none());
        }
        taken.attach(state, exchange);
    }

    @Override
    protected String wasiName() {
        return "outgoing-response";
    }
}

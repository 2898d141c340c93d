package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.incoming-request}. */
final class IncomingRequest extends WasiResource {
    private final HttpRequest request;
    private final RequestBody body;
    private @Nullable HttpFields visible;
    private boolean consumed;

    IncomingRequest(Exchange exchange) {
        super(null);
        this.request = exchange.request();
        this.body = exchange.body();
    }

    Variant method() {
        return Methods.toVariant(request.method());
    }

    Variant pathWithQuery() {
        return optional(request.pathWithQuery());
    }

    Variant scheme() {
        return request.scheme().isEmpty() ? Variant.none() : Variant.some(Schemes.toVariant(request.scheme()));
    }

    Variant authority() {
        return optional(request.authority());
    }

    private static Variant optional(String text) {
        return text.isEmpty() ? Variant.none() : Variant.some(text);
    }

    Fields headers() {
        HttpFields seen = visible;
        if (seen == null) {
            seen = FieldRules.visible(request.headers());
            visible = seen;
        }
        return new Fields(this, seen);
    }

    Variant consume() {
        if (consumed) {
            return Variant.err();
        }
        consumed = true;
        return Variant.ok(new IncomingBody(body));
    }

    @Override
    protected String wasiName() {
        return "incoming-request";
    }

    @Override
    protected void dropped(InstanceState state) {
        if (!consumed) {
            body.cancel();
        }
    }
}

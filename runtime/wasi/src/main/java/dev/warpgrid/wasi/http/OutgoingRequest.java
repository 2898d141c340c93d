package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.outgoing-request}: a request that a guest puts together. */
final class OutgoingRequest extends WasiResource {
    private final HttpFields headers;
    private @Nullable OutgoingBody body;
    private Variant method = Methods.toVariant("GET");
    private Variant pathWithQuery = Variant.none();
    private Variant scheme = Variant.none();
    private Variant authority = Variant.none();

    OutgoingRequest(HttpFields headers) {
        super(null);
        this.headers = headers.freeze();
    }

    Variant body() {
        if (body != null) {
            return Variant.err();
        }
        OutgoingBody made = new OutgoingBody("HTTP-request-body-size", headers);
        body = made;
        return Variant.ok(made);
    }

    Fields headers() {
        return new Fields(this, headers);
    }

    Variant method() {
        return method;
    }

    Variant setMethod(Variant wanted) {
        if (!Methods.valid(wanted)) {
            return Variant.err();
        }
        method = wanted;
        return Variant.ok();
    }

    Variant pathWithQuery() {
        return pathWithQuery;
    }

    Variant setPathWithQuery(Variant wanted) {
        if (wanted.isSome() && !printable((String) wanted.payload())) {
            return Variant.err();
        }
        pathWithQuery = wanted;
        return Variant.ok();
    }

    Variant scheme() {
        return scheme;
    }

    Variant setScheme(Variant wanted) {
        if (wanted.isSome() && !Schemes.valid((Variant) wanted.payload())) {
            return Variant.err();
        }
        scheme = wanted;
        return Variant.ok();
    }

    Variant authority() {
        return authority;
    }

    Variant setAuthority(Variant wanted) {
        if (wanted.isSome() && (!printable((String) wanted.payload()) || ((String) wanted.payload()).isEmpty())) {
            return Variant.err();
        }
        authority = wanted;
        return Variant.ok();
    }

    /** The body, where the guest took it. */
    @Nullable
    OutgoingBody taken() {
        return body;
    }

    HttpFields fields() {
        return headers;
    }

    String methodName() {
        return Methods.nameOf(method);
    }

    /** Empty where none was set. */
    String schemeName() {
        return scheme.isNone() ? "" : Schemes.nameOf((Variant) scheme.payload());
    }

    /** Empty where none was set. */
    String authorityText() {
        return authority.isNone() ? "" : (String) authority.payload();
    }

    /** What stands in the first line of the request. */
    String target() {
        String path = pathWithQuery.isNone() ? "" : (String) pathWithQuery.payload();
        return path.startsWith("/") ? path : "/" + path;
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(letter -> letter > ' ' && letter != 0x7f);
    }

    @Override
    protected String wasiName() {
        return "outgoing-request";
    }

    @Override
    protected void dropped(InstanceState state) {}
}

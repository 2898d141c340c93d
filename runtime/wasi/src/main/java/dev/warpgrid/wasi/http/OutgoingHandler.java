package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.net.NetworkPolicy;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/outgoing-handler.handle}: checks a request against what is allowed and sets it off. */
final class OutgoingHandler {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int HIGHEST_PORT = 65_535;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int DEFAULT_CONNECT_MILLIS = 10_000;
    private static final int DEFAULT_BYTES_MILLIS = 600_000;
    // A proxy's methods: the first makes a tunnel past every check, the second shows what passes on the way.
    private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");

    private OutgoingHandler() {}

    /** {@code result<future-incoming-response, error-code>}. */
    static Variant handle(InstanceState state, OutgoingRequest request, @Nullable RequestOptions options) {
        request.leave(state);
        if (options != null) {
            options.leave(state);
        }
        NetworkPolicy policy = state.config().outgoingHttp();
        if (policy.allowsNothing()) {
            return refused(request, "HTTP-request-denied");
        }
        String scheme = request.schemeName().toLowerCase(Locale.ROOT);
        boolean secure = !scheme.equals("http");
        String authority = request.authorityText();
        int colon = authority.lastIndexOf(':') > authority.lastIndexOf(']') ? authority.lastIndexOf(':') : -1;
        String host = (colon < 0 ? authority : authority.substring(0, colon))
                .replace("[", "")
                .replace("]", "");
        int port = colon < 0 ? (secure ? HTTPS_PORT : HTTP_PORT) : port(authority.substring(colon + 1));
        boolean web = scheme.equals("http") || scheme.equals("https") || scheme.isEmpty();
        if (!web || host.isEmpty() || port < 1 || !validHost(host) || authority.indexOf('@') >= 0) {
            return refused(request, "HTTP-request-URI-invalid");
        }
        String method = request.methodName();
        if (REFUSED_METHODS.contains(method)) {
            return refused(request, "HTTP-request-method-invalid");
        }
        if (!policy.mayResolve(host, port)) {
            return refused(request, "HTTP-request-denied");
        }
        state.requestStarted();
        OutgoingCall call = new OutgoingCall(
                new OutgoingCall.Order(
                        method,
                        secure,
                        host,
                        port,
                        authority,
                        request.target(),
                        request.fields(),
                        request.taken() != null,
                        timeouts(options)),
                policy,
                state.config().limits());
        OutgoingBody body = request.taken();
        if (body == null) {
            call.request().end(HttpFields.none());
        } else {
            body.attach(state, call.request());
        }
        call.start();
        return Variant.ok(new FutureResponse(call));
    }

    private static Variant refused(OutgoingRequest request, String name) {
        OutgoingBody body = request.taken();
        if (body != null) {
            body.refuse();
        }
        return Variant.err(ErrorCode.of(name));
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port > HIGHEST_PORT ? -1 : port;
    }

    private static boolean validHost(String host) {
        return host.matches("[A-Za-z0-9_.:-]+");
    }

    private static OutgoingCall.Timeouts timeouts(@Nullable RequestOptions options) {
        return options == null
                ? new OutgoingCall.Timeouts(DEFAULT_CONNECT_MILLIS, DEFAULT_BYTES_MILLIS, DEFAULT_BYTES_MILLIS)
                : new OutgoingCall.Timeouts(
                        millis(options.connectTimeout(), DEFAULT_CONNECT_MILLIS),
                        millis(options.firstByteTimeout(), DEFAULT_BYTES_MILLIS),
                        millis(options.betweenBytesTimeout(), DEFAULT_BYTES_MILLIS));
    }

    /** An {@code option<duration>} in nanoseconds, at most the default. */
    private static int millis(Variant duration, int most) {
        if (duration.isNone()) {
            return most;
        }
        long nanos = (Long) duration.payload();
        return nanos < 0 ? most : Math.clamp(nanos / NANOS_PER_MILLI, 1, most);
    }
}

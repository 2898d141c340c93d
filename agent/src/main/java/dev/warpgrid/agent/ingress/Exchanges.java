package dev.warpgrid.agent.ingress;

import dev.warpgrid.wasi.http.RequestBody;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Turns what comes over the connections of one event loop into exchanges that places take. */
final class Exchanges {
    private final IngressLimits limits;
    private final Context context;
    private final Executor loop;
    private final Reroute reroute;

    Exchanges(IngressLimits limits, Context context, Reroute reroute) {
        this.limits = limits;
        this.context = context;
        this.loop = ((ContextInternal) context).nettyEventLoop();
        this.reroute = reroute;
    }

    /** Null where the request announces a larger body than is allowed; nothing was done with it then. */
    @Nullable
    HttpExchange open(
            HttpServerRequest request,
            Connections.Call call,
            String authority,
            String path,
            String requestId,
            long arrived) {
        boolean hasBody = hasBody(request);
        if (hasBody && declaredBytes(request) > limits.bodyBytes()) {
            return null;
        }
        var reference = new HttpExchange[1];
        BodyWindow window = hasBody
                ? new BodyWindow(request, loop, limits, () -> reference[0].answerOnce(413, tooLarge(), false))
                : null;
        var writer = new ResponseWriter(request, call, loop, null, arrived, () -> {
            if (window != null) {
                window.cancel();
            }
        });
        HttpExchange exchange = new HttpExchange(
                request,
                authority,
                path,
                requestId,
                limits,
                window == null ? RequestBody.empty() : window,
                writer,
                context,
                reroute);
        reference[0] = exchange;
        request.response().closeHandler(closed -> {
            call.over();
            exchange.clientGone();
        });
        request.exceptionHandler(cause -> exchange.clientGone());
        request.response().exceptionHandler(cause -> exchange.clientGone());
        if (window != null) {
            window.listen();
        }
        return exchange;
    }

    /** For an answer of the agent's own to a request that goes nowhere. */
    HttpExchange answerOnly(HttpServerRequest request, Connections.Call call, String requestId) {
        return new HttpExchange(
                request,
                "",
                "",
                requestId,
                limits,
                RequestBody.empty(),
                new ResponseWriter(request, call, Runnable::run, null, 0, () -> {}),
                context,
                HttpExchange::turnAway);
    }

    String tooLarge() {
        return "The request's body is larger than " + limits.bodyBytes() + " bytes.";
    }

    static boolean hasBody(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.isEnded();
        }
        MultiMap headers = request.headers();
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    private static long declaredBytes(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}

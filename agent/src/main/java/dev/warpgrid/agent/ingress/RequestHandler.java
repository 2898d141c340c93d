package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.wasi.http.RequestBody;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one event loop does with a request: checks it, finds its target, and hands it on. */
final class RequestHandler {
    private final Supplier<RouteTable> routes;
    private final IngressLimits limits;
    private final Connections connections;
    private final Executor loop;

    RequestHandler(Supplier<RouteTable> routes, IngressLimits limits, Connections connections, Context context) {
        this.routes = routes;
        this.limits = limits;
        this.connections = connections;
        this.loop = ((ContextInternal) context).nettyEventLoop();
    }

    void handle(HttpServerRequest request) {
        long arrived = System.nanoTime();
        Connections.Call call = connections.began(request.connection());
        request.response().endHandler(ended -> call.over());
        request.response().closeHandler(closed -> call.over());
        MultiMap headers = request.headers();
        String requestId = RequestIds.of(headers.get(RequestIds.HEADER));
        String authority = authority(request, headers);
        String target = pathWithQuery(request);
        if (target.isEmpty() || authority.isEmpty()) {
            refuse(
                    request,
                    call,
                    requestId,
                    400,
                    "The request names no host or no path: send a Host header and a path.");
            return;
        }
        switch (routes.get()
                .find(authority, target, bound -> ThreadLocalRandom.current().nextInt(bound))) {
            case RouteTable.Match.Found found ->
                forward(request, call, found.target(), authority, target, requestId, arrived);
            case RouteTable.Match.NoRoute ignored ->
                refuse(
                        request,
                        call,
                        requestId,
                        404,
                        "No service has the host " + RouteTable.hostOf(authority) + " and this path on this grid.");
            case RouteTable.Match.NoTarget ignored ->
                refuse(request, call, requestId, 503, "The service at this host and path has no instances.");
        }
    }

    private void forward(
            HttpServerRequest request,
            Connections.Call call,
            Target to,
            String authority,
            String path,
            String requestId,
            long arrived) {
        boolean hasBody = hasBody(request);
        if (hasBody && declaredBytes(request) > limits.bodyBytes()) {
            refuse(request, call, requestId, 413, tooLarge());
            return;
        }
        var reference = new HttpExchange[1];
        BodyWindow window = hasBody
                ? new BodyWindow(request, loop, limits, () -> reference[0].answerOnce(413, tooLarge(), false))
                : null;
        ResponseWriter writer = writer(request, call, to.counters(), arrived, window);
        HttpExchange exchange = new HttpExchange(
                request,
                authority,
                path,
                requestId,
                limits,
                window == null ? RequestBody.empty() : window,
                writer,
                refused -> reroute(refused, to, authority, path, writer));
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
        to.pool().accept(exchange);
    }

    /** On any thread. */
    private boolean reroute(HttpExchange exchange, Target from, String authority, String path, ResponseWriter writer) {
        if (routes.get()
                                .find(
                                        authority,
                                        path,
                                        bound -> ThreadLocalRandom.current().nextInt(bound))
                        instanceof RouteTable.Match.Found now
                && !now.target().equals(from)) {
            writer.countFor(now.target().counters());
            now.target().pool().accept(exchange);
            return true;
        }
        return false;
    }

    private ResponseWriter writer(
            HttpServerRequest request,
            Connections.Call call,
            @Nullable RevisionCounters counters,
            long arrived,
            @Nullable BodyWindow window) {
        return new ResponseWriter(request, call, loop, counters, arrived, () -> {
            if (window != null) {
                window.cancel();
            }
        });
    }

    private void refuse(
            HttpServerRequest request, Connections.Call call, String requestId, int status, String sentence) {
        var exchange = new HttpExchange(
                request,
                "",
                "",
                requestId,
                limits,
                RequestBody.empty(),
                new ResponseWriter(request, call, Runnable::run, null, 0, () -> {}),
                nowhere -> false);
        if (hasBody(request) && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader("connection", "close");
        }
        exchange.answerOnce(status, sentence, status == 503);
    }

    /** A request that is no valid HTTP, or larger than a limit. */
    void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = switch (cause) {
            case io.netty.handler.codec.http.TooLongHttpLineException ignored -> 414;
            case io.netty.handler.codec.http.TooLongHttpHeaderException ignored -> 431;
            case null, default -> 400;
        };
        String sentence = switch (status) {
            case 414 -> "The request line is longer than " + limits.requestLineBytes() + " bytes.";
            case 431 -> "The request's headers are larger than " + limits.headerBytes() + " bytes.";
            default -> "The request is not valid HTTP.";
        };
        request.response().putHeader("connection", "close");
        refuse(request, connections.began(request.connection()), RequestIds.of(null), status, sentence);
        request.connection().close();
    }

    private String tooLarge() {
        return "The request's body is larger than " + limits.bodyBytes() + " bytes.";
    }

    private static String authority(HttpServerRequest request, MultiMap headers) {
        if (request.version() != HttpVersion.HTTP_2) {
            String host = headers.get(HttpHeaderNames.HOST);
            return host == null ? "" : host;
        }
        var authority = request.authority();
        return authority == null ? "" : authority.toString();
    }

    /** The target's path and query; a target in absolute form (RFC 9112 section 3.2.2) loses its host. */
    private static String pathWithQuery(HttpServerRequest request) {
        String uri = request.uri();
        if (!uri.isEmpty() && uri.charAt(0) == '/') {
            return uri;
        }
        int scheme = uri.indexOf("://");
        if (scheme < 0) {
            return "";
        }
        int slash = uri.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    private static boolean hasBody(HttpServerRequest request) {
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

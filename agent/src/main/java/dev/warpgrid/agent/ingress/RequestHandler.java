package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What one event loop does with a request: checks it, finds its target, and hands it on. */
final class RequestHandler {
    private final Supplier<RouteTable> routes;
    private final IngressLimits limits;
    private final Connections connections;
    private final Context context;
    private final Exchanges exchanges;
    private final RetryBudget budget = new RetryBudget();
    private final WaitingRoom room;
    private final LongAdder retries = new LongAdder();

    RequestHandler(Supplier<RouteTable> routes, IngressLimits limits, Connections connections, Context context) {
        this.routes = routes;
        this.limits = limits;
        this.connections = connections;
        this.context = context;
        this.exchanges = new Exchanges(limits, context, this::turnedAway);
        this.room = new WaitingRoom(
                context, limits.waitingRequests(), this::again, late -> late.turnAway(Refusal.NO_ENDPOINT));
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
        HttpExchange exchange = exchanges.open(request, call, authority, path, requestId, arrived);
        if (exchange == null) {
            refuse(request, call, requestId, 413, exchanges.tooLarge());
            return;
        }
        if (to.chooses()) {
            budget.sent();
        }
        exchange.goTo(to);
    }

    // ---- what no place took

    /** On any thread. */
    private void turnedAway(HttpExchange exchange, Refusal refusal) {
        context.runOnContext(now -> elsewhere(exchange, refusal));
    }

    private void elsewhere(HttpExchange exchange, Refusal refusal) {
        Detours detours = exchange.detours();
        boolean sendsAgain = detours.wasSent() && refusal != Refusal.NO_ENDPOINT && refusal != Refusal.UNREACHABLE;
        if (exchange.abandoned()
                || !exchange.rewind()
                || (sendsAgain && !(detours.maySendAgain() && budget.take()))
                || !(find(exchange) instanceof RouteTable.Match.Found found)) {
            exchange.turnAway(refusal);
            return;
        }
        Target target = found.target();
        boolean another = target.chooses() || !target.equals(exchange.lastTarget());
        if (another && refusal != Refusal.NO_ENDPOINT && detours.atOnce()) {
            retries.increment();
            exchange.goTo(target);
        } else if (target.expected()) {
            detours.wait(System.nanoTime(), limits.longestWait().toNanos());
            if (!room.enter(exchange)) {
                exchange.turnAway(refusal);
            }
        } else {
            exchange.turnAway(refusal);
        }
    }

    private void again(HttpExchange exchange) {
        if (find(exchange) instanceof RouteTable.Match.Found found) {
            exchange.goTo(found.target());
            retries.increment();
        } else {
            exchange.turnAway(Refusal.NO_ENDPOINT);
        }
    }

    private RouteTable.Match find(HttpExchange exchange) {
        return routes.get()
                .find(
                        exchange.authority(),
                        exchange.pathWithQuery(),
                        bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    void routesChanged() {
        room.routesChanged();
    }

    long retries() {
        return retries.sum();
    }

    /** Requests that wait for a place. */
    int waiting() {
        return room.size();
    }

    private void refuse(
            HttpServerRequest request, Connections.Call call, String requestId, int status, String sentence) {
        HttpExchange exchange = exchanges.answerOnly(request, call, requestId);
        if (Exchanges.hasBody(request) && request.version() != HttpVersion.HTTP_2) {
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

    private static String authority(HttpServerRequest request, MultiMap headers) {
        if (request.version() != HttpVersion.HTTP_2) {
            String host = headers.get(HttpHeaderNames.HOST);
            return host == null ? "" : host;
        }
        var authority = request.authority();
        return authority == null ? "" : authority.toString();
    }

    /** The target's path and query; a target in absolute form (RFC 9112 section 3.2.2) loses its host. */
    static String pathWithQuery(HttpServerRequest request) {
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
}

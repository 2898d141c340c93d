package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.model.RevisionId;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one event loop does with requests that other nodes forward: each names its revision and goes to that one's pool
 * here, and nowhere else. What is not run is told so, for the sender to take it to another node.
 */
final class PeerRequests {
    private final Predicate<HttpServerRequest> admitted;
    private final Function<RevisionId, Optional<Target>> targets;
    private final BooleanSupplier ending;
    private final Connections connections;
    private final Exchanges exchanges;

    PeerRequests(
            Predicate<HttpServerRequest> admitted,
            Function<RevisionId, Optional<Target>> targets,
            BooleanSupplier ending,
            IngressLimits limits,
            Connections connections,
            Context context) {
        this.admitted = admitted;
        this.targets = targets;
        this.ending = ending;
        this.connections = connections;
        this.exchanges = new Exchanges(limits, context, HttpExchange::turnAwayPeer);
    }

    void handle(HttpServerRequest request) {
        long arrived = System.nanoTime();
        Connections.Call call = connections.began(request.connection());
        request.response().endHandler(ended -> call.over());
        request.response().closeHandler(closed -> call.over());
        MultiMap headers = request.headers();
        String requestId = RequestIds.of(headers.get(RequestIds.HEADER));
        if (!admitted.test(request)) {
            exchanges.answerOnly(request, call, requestId).turnAwayPeer(Refusal.NOT_ADMITTED);
            return;
        }
        String revision = headers.get(InternalHeaders.REVISION);
        String authority = headers.get(InternalHeaders.AUTHORITY);
        String path = RequestHandler.pathWithQuery(request);
        if (revision == null || authority == null || path.isEmpty()) {
            exchanges
                    .answerOnly(request, call, requestId)
                    .answerOnce(400, "A forwarded request names its revision, its host and a path.", false);
            return;
        }
        Optional<Target> target = target(revision);
        if (target.isEmpty() || ending.getAsBoolean()) {
            exchanges
                    .answerOnly(request, call, requestId)
                    .turnAwayPeer(target.isEmpty() ? Refusal.NO_INSTANCE : Refusal.ENDING);
            return;
        }
        HttpExchange exchange = exchanges.open(request, call, authority, path, requestId, arrived);
        if (exchange == null) {
            exchanges.answerOnly(request, call, requestId).answerOnce(413, exchanges.tooLarge(), false);
            return;
        }
        exchange.goTo(target.get());
    }

    private Optional<Target> target(String revision) {
        try {
            return targets.apply(RevisionId.parse(revision));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

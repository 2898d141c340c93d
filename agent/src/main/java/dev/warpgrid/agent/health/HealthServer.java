package dev.warpgrid.agent.health;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
public final class HealthServer {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long START_LIMIT_SECONDS = 20;

    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** What the agent says of itself; {@code ready} decides on the status. */
    public record Health(boolean ready, JsonObject details) {}

    /**
     * Opens the port on loopback.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when it cannot be opened
     */
    public static HealthServer open(Vertx vertx, int port, Supplier<Health> health, Supplier<String> metrics) {
        try {
            return new HealthServer(vertx.createHttpServer()
                    .requestHandler(request -> answer(request, health, metrics))
                    .listen(port, LOOPBACK)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start of the health port was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "The health port " + port + " cannot be opened (" + cause.getMessage()
                            + "): choose another with --health-port.",
                    e);
        }
    }

    private static void answer(HttpServerRequest request, Supplier<Health> health, Supplier<String> metrics) {
        var response = request.response();
        switch (request.path() == null ? "" : request.path()) {
            case "/health/live" -> {
                var ignored = response.putHeader("content-type", "application/json")
                        .end(new JsonObject().put("live", true).encode());
            }
            case "/health/ready" -> {
                Health now = health.get();
                var ignored = response.setStatusCode(now.ready() ? 200 : 503)
                        .putHeader("content-type", "application/json")
                        .end(now.details().put("ready", now.ready()).encode());
            }
            case "/metrics" -> {
                var ignored = response.putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.get());
            }
            default -> {
                var ignored = response.setStatusCode(404).end();
            }
        }
    }

    public int port() {
        return server.actualPort();
    }
}

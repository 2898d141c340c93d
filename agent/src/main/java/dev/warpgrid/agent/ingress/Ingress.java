package dev.warpgrid.agent.ingress;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP servers of a node, one for each event loop, on one port. */
public final class Ingress implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    /** How often the idle time is looked at while it lasts, which is how exact it is. */
    private static final int IDLE_LOOKS = 10;

    private static final Duration ANNOUNCE_LIMIT = Duration.ofSeconds(1);

    private final IngressLimits limits;
    private final AtomicReference<RouteTable> routes = new AtomicReference<>(RouteTable.empty());
    private final AtomicInteger connections = new AtomicInteger();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<RequestHandler> handlers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile int port;

    private Ingress(IngressLimits limits) {
        this.limits = limits;
    }

    /**
     * Opens the port.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when the port cannot be opened
     */
    public static Ingress open(Vertx vertx, IngressLimits limits, String host, int port, int eventLoops) {
        var ingress = new Ingress(limits);
        int wanted = FreePort.of(port);
        await(
                vertx.deployVerticle(
                        () -> ingress.new Listener(host, wanted), new DeploymentOptions().setInstances(eventLoops)),
                host,
                port);
        return ingress;
    }

    private static void await(Future<String> future, String host, int port) {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start of the ingress was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "The ingress cannot listen on " + host + ":" + port + " (" + cause.getMessage()
                            + "): choose another address with --ingress-host and --ingress-port.",
                    e);
        }
    }

    /** From now on requests follow these routes; those under way are not touched. */
    public void routes(RouteTable table) {
        routes.set(table);
        handlers.forEach(RequestHandler::routesChanged);
    }

    /** Requests that were taken to a place again after one had turned them away. */
    public long retries() {
        return handlers.stream().mapToLong(RequestHandler::retries).sum();
    }

    /** Requests that wait for an endpoint to come. */
    public int waiting() {
        return handlers.stream().mapToInt(RequestHandler::waiting).sum();
    }

    RouteTable routes() {
        return routes.get();
    }

    public int port() {
        return port;
    }

    public int connections() {
        return connections.get();
    }

    /**
     * Tells clients that keep their connections to go elsewhere, with their next answers and for a second at most; then takes
     * no new connection and lets requests under way finish. All of it lasts no longer than the limit.
     */
    public void drain(Duration limit) {
        Duration announce = limit.dividedBy(10).compareTo(ANNOUNCE_LIMIT) < 0 ? limit.dividedBy(10) : ANNOUNCE_LIMIT;
        announceEnd(announce);
        finishRequests(limit.minus(announce));
    }

    /** A client that is told with an answer never has a request cut that it sent at the moment of closing. */
    private void announceEnd(Duration limit) {
        draining = true;
        if (connections.get() == 0) {
            return;
        }
        try {
            emptied.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Clients that are silent, or have long requests: they are closed next, or waited for.
        }
    }

    private void finishRequests(Duration limit) {
        List<Future<Void>> ends = servers.stream()
                .map(server -> server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        try {
            Future.join(ends)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limit.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(Ingress.class.getName())
                    .log(System.Logger.Level.WARNING, "The ingress did not drain cleanly", e);
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private HttpServerOptions options(String host, int wanted) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(wanted)
                .setAcceptBacklog(BACKLOG)
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout((int) limits.idle().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private final class Listener extends AbstractVerticle {
        private final String host;
        private final int wanted;

        Listener(String host, int wanted) {
            this.host = host;
            this.wanted = wanted;
        }

        @Override
        public void start(Promise<Void> started) {
            var mine = new Connections(() -> draining);
            var handler = new RequestHandler(Ingress.this::routes, limits, mine, context);
            handlers.add(handler);
            HttpServer server = vertx.createHttpServer(options(host, wanted));
            server.connectionHandler(connection -> {
                if (connections.incrementAndGet() > limits.connections()) {
                    connection.close();
                }
                mine.opened(connection, System.nanoTime());
                connection.closeHandler(closed -> {
                    mine.closed(connection);
                    if (connections.decrementAndGet() == 0 && draining) {
                        emptied.complete(null);
                    }
                });
            });
            long idleNanos = limits.idle().toNanos();
            vertx.setPeriodic(
                    Math.max(1, limits.idle().toMillis() / IDLE_LOOKS),
                    look -> mine.closeIdleSince(System.nanoTime() - idleNanos));
            server.requestHandler(handler::handle);
            server.invalidRequestHandler(handler::invalid);
            server.listen().onComplete(listening -> {
                if (listening.succeeded()) {
                    servers.add(server);
                    port = server.actualPort();
                    started.complete();
                } else {
                    started.fail(listening.cause());
                }
            });
        }
    }
}

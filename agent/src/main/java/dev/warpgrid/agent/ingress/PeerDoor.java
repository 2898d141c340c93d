package dev.warpgrid.agent.ingress;

import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Where a node takes requests from other nodes: HTTP/2 over mutual TLS, one server for each event loop on one port. TLS has
 * checked that a caller's certificate is of the grid; that it is of a node the grid still has is checked with each request.
 */
public final class PeerDoor {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int IDLE_LOOKS = 10;
    private static final long ANNOUNCE_MILLIS = 500;

    /**
     * What a door works with.
     *
     * @param tls read at the start; see {@link #renew}
     * @param nodeOf the node that a certificate is for
     * @param admits whether the grid has this node
     * @param targets the pools of this node
     */
    public record Parts(
            IngressLimits limits,
            PeerLimits peerLimits,
            Supplier<ServerSSLOptions> tls,
            Function<X509Certificate, Optional<NodeId>> nodeOf,
            Predicate<NodeId> admits,
            Function<RevisionId, Optional<Target>> targets) {}

    private final Parts parts;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile boolean ending;
    private volatile int port;

    private PeerDoor(Parts parts) {
        this.parts = parts;
    }

    /**
     * Opens the port.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when the port cannot be opened
     */
    public static PeerDoor open(Vertx vertx, Parts parts, String host, int port, int eventLoops) {
        var door = new PeerDoor(parts);
        int wanted = FreePort.of(port);
        Future<String> opened = vertx.deployVerticle(
                () -> door.new Listener(host, wanted), new DeploymentOptions().setInstances(eventLoops));
        try {
            opened.toCompletionStage().toCompletableFuture().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The opening of the port for other nodes was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "The port for other nodes " + host + ":" + port + " cannot be opened (" + cause.getMessage()
                            + "): choose another with --mesh-host and --mesh-port, or do without with --routes node.",
                    e);
        }
        return door;
    }

    public int port() {
        return port;
    }

    /** New connections meet the new certificate; those that are open stay. */
    public void renew(ServerSSLOptions tls) {
        servers.forEach(server -> server.updateSSLOptions(tls)
                .onFailure(cause -> System.getLogger(PeerDoor.class.getName())
                        .log(System.Logger.Level.ERROR, "The renewed certificate cannot be used for nodes", cause)));
    }

    /** From now on requests are turned away, for their senders to take them elsewhere; those under way finish. */
    public void drain(Duration limit) {
        ending = true;
        announceEnd(limit);
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
            System.getLogger(PeerDoor.class.getName())
                    .log(System.Logger.Level.WARNING, "The port for other nodes did not drain cleanly", e);
        }
    }

    /**
     * A node that is turned away once sends nothing more for a second. Closing before that would break requests that are just
     * on their way, of which nobody could say whether they were run.
     */
    private static void announceEnd(Duration limit) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(ANNOUNCE_MILLIS, limit.toMillis() / 10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpServerOptions options(String host, int wanted) {
        PeerLimits limits = parts.peerLimits();
        ServerSSLOptions tls = parts.tls().get();
        return new HttpServerOptions()
                .setHost(host)
                .setPort(wanted)
                .setSsl(true)
                .setKeyCertOptions(tls.getKeyCertOptions())
                .setTrustOptions(tls.getTrustOptions())
                .setClientAuth(tls.getClientAuth())
                .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
                .setUseAlpn(true)
                .setMaxHeaderSize(limits.headerBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.streams())
                        .setMaxHeaderListSize(limits.headerBytes())
                        .setInitialWindowSize(limits.streamWindowBytes()))
                .setHttp2ConnectionWindowSize(limits.connectionWindowBytes());
    }

    private final class Listener extends AbstractVerticle {
        private final String host;
        private final int wanted;
        private final Map<HttpConnection, NodeId> callers = new HashMap<>();

        Listener(String host, int wanted) {
            this.host = host;
            this.wanted = wanted;
        }

        @Override
        public void start(Promise<Void> started) {
            var connections = new Connections(() -> ending);
            var requests = new PeerRequests(
                    this::admitted, parts.targets(), () -> ending, parts.limits(), connections, context);
            HttpServer server = vertx.createHttpServer(options(host, wanted));
            server.connectionHandler(connection -> {
                caller(connection).ifPresent(node -> callers.put(connection, node));
                connections.opened(connection, System.nanoTime());
                connection.closeHandler(closed -> {
                    callers.remove(connection);
                    connections.closed(connection);
                });
            });
            long idleNanos = parts.limits().idle().toNanos();
            vertx.setPeriodic(
                    Math.max(1, parts.limits().idle().toMillis() / IDLE_LOOKS),
                    look -> connections.closeIdleSince(System.nanoTime() - idleNanos));
            server.requestHandler(requests::handle);
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

        private Optional<NodeId> caller(HttpConnection connection) {
            try {
                return connection.sslSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                        ? parts.nodeOf().apply(certificate)
                        : Optional.empty();
            } catch (SSLPeerUnverifiedException e) {
                return Optional.empty();
            }
        }

        private boolean admitted(HttpServerRequest request) {
            NodeId node = callers.get(request.connection());
            return node != null && parts.admits().test(node);
        }
    }
}

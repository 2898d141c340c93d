package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.ingress.PeerLimits;
import dev.warpgrid.agent.link.NodeIdentity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Connections to other nodes. Each event loop has its own, so that a request and its answer stay on the loop of their
 * client's connection.
 */
final class PeerClients implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PeerClients.class.getName());
    private static final long PING_MILLIS = 1_000;
    private static final int PING_BYTES = 8;
    private static final int HANDSHAKE_SECONDS = 5;
    private static final int IDLE_SECONDS = 300;

    private final Vertx vertx;
    private final PeerLimits limits;
    private final Map<Context, HttpClientAgent> clients = new ConcurrentHashMap<>();
    private volatile ClientSSLOptions tls;

    PeerClients(Vertx vertx, PeerLimits limits, NodeIdentity identity) {
        this.vertx = vertx;
        this.limits = limits;
        this.tls = MeshTls.client(identity);
    }

    HttpClientAgent on(Context context) {
        HttpClientAgent known = clients.get(context);
        return known == null ? clients.computeIfAbsent(context, fresh -> open()) : known;
    }

    private HttpClientAgent open() {
        ClientSSLOptions present = tls;
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setVerifyHost(true)
                .setKeyCertOptions(present.getKeyCertOptions())
                .setTrustOptions(present.getTrustOptions())
                .setEnabledSecureTransportProtocols(present.getEnabledSecureTransportProtocols())
                .setConnectTimeout((int) limits.connect().toMillis())
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2MultiplexingLimit(limits.streams())
                .setHttp2KeepAliveTimeout(IDLE_SECONDS)
                .setHttp2ConnectionWindowSize(limits.connectionWindowBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(limits.headerBytes())
                        .setInitialWindowSize(limits.streamWindowBytes())
                        .setPushEnabled(false));
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp2MaxSize(limits.connections()).setMaxWaitQueueSize(limits.waiting()))
                .withConnectHandler(this::watch)
                .build();
    }

    private void watch(HttpConnection connection) {
        var watch = new Watch(connection);
        connection.closeHandler(closed -> watch.closed = true);
        watch.next();
    }

    /**
     * A machine that loses power says nothing: its connections are closed when it answers no ping. Pings are counted and not
     * the time, which also passes while this process itself stands still.
     */
    private final class Watch {
        private final HttpConnection connection;
        private final long mostUnanswered = Math.max(1, limits.silence().toMillis() / PING_MILLIS);
        private long unanswered;
        private boolean closed;

        Watch(HttpConnection connection) {
            this.connection = connection;
        }

        private void next() {
            vertx.setTimer(PING_MILLIS, tick -> look());
        }

        private void look() {
            if (closed) {
                return;
            }
            if (unanswered >= mostUnanswered) {
                var ignored = connection.close();
                return;
            }
            unanswered++;
            connection.ping(Buffer.buffer(new byte[PING_BYTES])).onSuccess(pong -> unanswered = 0);
            next();
        }
    }

    /** New connections show the new certificate; those that are open stay. */
    void renew(NodeIdentity identity) {
        ClientSSLOptions renewed = MeshTls.client(identity);
        tls = renewed;
        clients.values()
                .forEach(client -> client.updateSSLOptions(renewed)
                        .onFailure(cause -> LOG.log(
                                System.Logger.Level.ERROR,
                                "The renewed certificate cannot be shown to other nodes",
                                cause)));
    }

    @Override
    public void close() {
        clients.values().forEach(client -> {
            var ignored = client.close();
        });
    }
}

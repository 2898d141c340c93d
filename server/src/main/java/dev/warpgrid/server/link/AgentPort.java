package dev.warpgrid.server.link;

import dev.warpgrid.server.pki.ServerIdentity;
import dev.warpgrid.server.startup.DatabaseReady;
import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.startup.StartupOrder;
import dev.warpgrid.server.startup.VirtualThreads;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The port agents connect to: gRPC over TLS with our own certificate. A client certificate is optional at TLS, so that a
 * node can join, but where one is presented it must be of this grid; {@link NodeAuthentication} demands it for the rest.
 */
@Singleton
public class AgentPort {
    static final int MAXIMUM_MESSAGE_BYTES = 4 << 20;
    private static final System.Logger LOG = System.getLogger(AgentPort.class.getName());
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;
    private static final int STOP_SECONDS = 2;

    private final ServerIdentity identity;
    private final Enrollment enrollment;
    private final AgentLinkEndpoint endpoint;
    private final NodeAuthentication authentication;
    private final AgentSessions sessions;
    private final Executor executor;
    private final int wantedPort;
    private volatile @Nullable Server server;

    @Inject
    public AgentPort(
            ServerSettings settings,
            ServerIdentity identity,
            Enrollment enrollment,
            AgentLinkEndpoint endpoint,
            NodeAuthentication authentication,
            AgentSessions sessions,
            @VirtualThreads Executor executor) {
        this.identity = identity;
        this.enrollment = enrollment;
        this.endpoint = endpoint;
        this.authentication = authentication;
        this.sessions = sessions;
        this.executor = executor;
        this.wantedPort = settings.agentPort();
    }

    void start(@Observes @Priority(StartupOrder.LINK) DatabaseReady event) {
        if (server == null) {
            open();
        }
    }

    synchronized void open() {
        try {
            Server opened = NettyServerBuilder.forPort(
                            wantedPort,
                            TlsServerCredentials.newBuilder()
                                    .keyManager(identity.agentKeyManager())
                                    .trustManager(new ByteArrayInputStream(
                                            identity.authority().pem().getBytes(StandardCharsets.US_ASCII)))
                                    .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                                    .build())
                    .executor(executor)
                    .maxInboundMessageSize(MAXIMUM_MESSAGE_BYTES)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .addService(enrollment)
                    .addService(ServerInterceptors.intercept(endpoint, authentication))
                    .build()
                    .start();
            server = opened;
            LOG.log(Level.INFO, "Agents may connect on port {0}.", Integer.toString(opened.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Port " + wantedPort + " for agents cannot be opened: free it, or set WARPGRID_AGENT_PORT.", e);
        }
    }

    @PreDestroy
    synchronized void stop() {
        Server running = server;
        if (running == null) {
            return;
        }
        sessions.closeAll(Status.UNAVAILABLE.withDescription("The server is stopping: connect again."));
        running.shutdown();
        try {
            running.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.shutdownNow();
        server = null;
    }

    public boolean isOpen() {
        return server != null;
    }

    /** The port that is open; the wanted one, but in tests. */
    int port() {
        Server running = server;
        return running == null ? 0 : running.getPort();
    }
}

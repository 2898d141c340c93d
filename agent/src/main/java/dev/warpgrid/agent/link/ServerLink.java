package dev.warpgrid.agent.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.agent.supervise.ArtifactSource;
import dev.warpgrid.model.Digest;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.protocol.v1.ArtifactChunk;
import dev.warpgrid.protocol.v1.FetchArtifactRequest;
import dev.warpgrid.protocol.v1.RenewCertificateRequest;
import dev.warpgrid.protocol.v1.RenewCertificateResponse;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps one stream to the server open, for ever, and downloads artifacts beside it. Its state belongs to one thread. */
public final class ServerLink implements ArtifactSource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServerLink.class.getName());
    private static final long METRICS_EVERY_MILLIS = 1_000;
    private static final long RENEWAL_CHECK_SECONDS = 60;
    private static final long FETCH_LIMIT_MINUTES = 10;
    private static final int LARGEST_MESSAGE_BYTES = 16 << 20;
    // Servers refuse pings that come more often than every five minutes; heartbeats show a dead peer sooner.
    private static final long KEEP_ALIVE_MINUTES = 6;

    /** What a link works with. */
    public record Parts(
            String server,
            Path identityFolder,
            String processId,
            NodeView node,
            Outbox outbox,
            LogStore logs,
            ArtifactStore artifacts,
            InstantSource clock) {}

    private final Parts parts;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("server-link").daemon().factory());
    private final ReconnectBackoff backoff = new ReconnectBackoff(RandomGenerator.getDefault());

    private NodeIdentity identity;
    private volatile ManagedChannel channel;
    private @Nullable Session session;
    private String lastProblem = "";
    private volatile boolean connected;
    private boolean renewedForMesh;
    private volatile boolean closed;

    public ServerLink(Parts parts, NodeIdentity identity) throws IOException {
        this.parts = parts;
        this.identity = identity;
        // Heartbeats that are still to come must not hold the end up.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.channel = channel(identity);
    }

    private ManagedChannel channel(NodeIdentity who) throws IOException {
        return Grpc.newChannelBuilder(parts.server(), who.credentials())
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_MINUTES, TimeUnit.MINUTES)
                .build();
    }

    /** Begins to connect; never fails. */
    public void start() {
        parts.outbox().whenFilled(() -> post(this::flush));
        post(this::connect);
        var metrics = thread.scheduleAtFixedRate(
                guarded(this::metrics), METRICS_EVERY_MILLIS, METRICS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        var renewal =
                thread.scheduleWithFixedDelay(guarded(this::renewWhenDue), 1, RENEWAL_CHECK_SECONDS, TimeUnit.SECONDS);
        LOG.log(System.Logger.Level.DEBUG, "The link runs: {0} {1}", metrics, renewal);
    }

    /** Whether a server has welcomed this node on the present connection. */
    public boolean connected() {
        return connected;
    }

    // ---- on the link's thread

    private void post(Runnable event) {
        try {
            thread.execute(guarded(event));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "The link has ended", e);
        }
    }

    private static Runnable guarded(Runnable event) {
        return () -> {
            try {
                event.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "The link to the server failed on an event", e);
            }
        };
    }

    private void connect() {
        if (closed || session != null) {
            return;
        }
        var fresh = new Session(parts, this::post, new Session.Events() {
            @Override
            public void welcomed(Session of, String serverVersion, long heartbeatMillis) {
                ServerLink.this.welcomed(of, serverVersion, heartbeatMillis);
            }

            @Override
            public void ended(Session of, Status status) {
                ServerLink.this.ended(of, status);
            }
        });
        session = fresh;
        // The channel has a back-off of its own, of up to two minutes; ours is the one that counts.
        channel.resetConnectBackoff();
        fresh.open(AgentLinkGrpc.newStub(channel));
        var ignored =
                thread.schedule(guarded(fresh::cancelUnlessWelcomed), Session.WELCOME_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void welcomed(Session of, String serverVersion, long heartbeatMillis) {
        if (session != of) {
            return;
        }
        connected = true;
        lastProblem = "";
        backoff.reset();
        LOG.log(System.Logger.Level.INFO, "Connected to server " + serverVersion + " at " + parts.server());
        heartbeat(of, heartbeatMillis);
        flush();
    }

    private void heartbeat(Session of, long everyMillis) {
        if (session == of && !closed) {
            of.heartbeat();
            var ignored =
                    thread.schedule(guarded(() -> heartbeat(of, everyMillis)), everyMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void ended(Session of, Status status) {
        if (session != of) {
            return;
        }
        session = null;
        connected = false;
        of.close();
        Duration wait = backoff.next();
        String problem = describe(status);
        if (!problem.equals(lastProblem) && !closed) {
            lastProblem = problem;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The server " + parts.server() + " is away (" + problem
                            + "); this node keeps serving and goes on trying");
        }
        if (!closed) {
            var ignored = thread.schedule(guarded(this::connect), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        Session open = session;
        if (open != null && connected) {
            open.flush();
        }
    }

    /** Counted all the time, so that what is told after a gap is of the last second only. */
    private void metrics() {
        var counted = parts.node().metrics();
        Session open = session;
        if (open != null && connected) {
            open.metrics(counted, METRICS_EVERY_MILLIS);
            open.flush();
        }
    }

    private void renewWhenDue() {
        boolean unfit = connected && parts.node().wantsRoutes() && !renewedForMesh && !identity.hasMeshName();
        if (!unfit && parts.clock().instant().isBefore(identity.renewAt())) {
            return;
        }
        // Once: a server that does not know the name yet would be asked in vain for ever.
        renewedForMesh = true;
        NodeKey key = NodeKey.generate();
        String name = identity.node().value();
        RenewCertificateResponse response;
        try {
            response = AgentLinkGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .renewCertificate(RenewCertificateRequest.newBuilder()
                            .setCertificateRequest(ByteString.copyFrom(key.certificateRequest(name)))
                            .build());
            NodeIdentity renewed = NodeIdentity.of(key.pem(), response.getCertificateChainPem(), response.getCaPem());
            renewed.save(parts.identityFolder());
            ManagedChannel before = channel;
            channel = channel(renewed);
            identity = renewed;
            parts.node().renewed(renewed);
            LOG.log(
                    System.Logger.Level.INFO,
                    "The node's certificate was renewed until "
                            + renewed.certificate().getNotAfter().toInstant());
            // The stream ends here and comes back with the new certificate.
            before.shutdownNow();
        } catch (StatusRuntimeException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The node's certificate was not renewed and is tried again", e);
        }
    }

    // ---- on a fetcher's thread

    @Override
    public void fetch(Digest digest, long bytes) throws IOException {
        try (var scope = Context.current().withCancellation()) {
            Context before = scope.attach();
            try {
                Iterator<ArtifactChunk> chunks = AgentLinkGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(FETCH_LIMIT_MINUTES, TimeUnit.MINUTES)
                        .fetchArtifact(FetchArtifactRequest.newBuilder()
                                .setDigest(digest.value())
                                .build());
                parts.artifacts()
                        .put(
                                digest,
                                bytes,
                                () -> chunks.hasNext()
                                        ? Optional.of(chunks.next().getData().toByteArray())
                                        : Optional.empty());
            } catch (StatusRuntimeException e) {
                throw new IOException(
                        "The artifact " + digest + " cannot be fetched from the server (" + describe(e.getStatus())
                                + ").",
                        e);
            } finally {
                scope.detach(before);
            }
        }
    }

    static String describe(Status status) {
        String text = status.getDescription();
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return status.getCode()
                + (text == null || text.isBlank() ? "" : ": " + text)
                + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    /** Tells the server, if there is one, that this node ends, so that its instances start elsewhere meanwhile. */
    public void announceEnd() {
        post(() -> {
            Session open = session;
            if (open != null) {
                open.ending();
            }
        });
    }

    /** Sends what waits, for a moment, and hangs up. */
    @Override
    public void close() {
        post(() -> {
            flush();
            closed = true;
            Session open = session;
            if (open != null) {
                open.hangUp();
            }
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            channel.shutdown();
            if (!channel.awaitTermination(2, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            channel.shutdownNow();
        }
    }
}

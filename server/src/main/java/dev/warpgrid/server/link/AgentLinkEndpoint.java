package dev.warpgrid.server.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.FactMapping;
import dev.warpgrid.protocol.ProtocolVersion;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.ArtifactChunk;
import dev.warpgrid.protocol.v1.FetchArtifactRequest;
import dev.warpgrid.protocol.v1.Hello;
import dev.warpgrid.protocol.v1.RenewCertificateRequest;
import dev.warpgrid.protocol.v1.RenewCertificateResponse;
import dev.warpgrid.protocol.v1.ServerMessage;
import dev.warpgrid.protocol.v1.Welcome;
import dev.warpgrid.server.control.ControlLoop;
import dev.warpgrid.server.observe.FactBoard;
import dev.warpgrid.server.pki.Issued;
import dev.warpgrid.server.pki.ServerIdentity;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.startup.ServerVersion;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.NodeStore;
import dev.warpgrid.server.store.PlacementStore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The link of authenticated nodes: its long-lived stream, the artifacts it may fetch, its next certificate. */
@Singleton
public class AgentLinkEndpoint extends AgentLinkGrpc.AgentLinkImplBase {
    static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);
    private static final System.Logger LOG = System.getLogger(AgentLinkEndpoint.class.getName());

    private final AgentSessions sessions;
    private final Reports reports;
    private final FactBoard facts;
    private final NodeStore nodes;
    private final PlacementStore placements;
    private final ArtifactStore artifacts;
    private final ServerIdentity identity;
    private final Transactions transactions;
    private final BooleanSupplier leading;
    private final Clock clock;

    @Inject
    public AgentLinkEndpoint(
            AgentSessions sessions,
            Reports reports,
            FactBoard facts,
            NodeStore nodes,
            PlacementStore placements,
            ArtifactStore artifacts,
            ServerIdentity identity,
            Transactions transactions,
            ControlLoop control,
            Clock clock) {
        this.sessions = sessions;
        this.reports = reports;
        this.facts = facts;
        this.nodes = nodes;
        this.placements = placements;
        this.artifacts = artifacts;
        this.identity = identity;
        this.transactions = transactions;
        this.leading = control::isLeading;
        this.clock = clock;
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ServerMessage> stream) {
        return new Connection(NodeAuthentication.NODE.get(), (ServerCallStreamObserver<ServerMessage>) stream);
    }

    /** One stream from its beginning to its end. */
    private final class Connection implements StreamObserver<AgentMessage> {
        private final NodeId node;
        private final AgentSession session;
        private boolean greeted;

        Connection(NodeId node, ServerCallStreamObserver<ServerMessage> stream) {
            this.node = node;
            this.session = new AgentSession(sessions.nextNumber(), node, stream);
            stream.setOnReadyHandler(session::ready);
            stream.setOnCancelHandler(this::ended);
        }

        @Override
        public void onNext(AgentMessage message) {
            try {
                if (greeted) {
                    reports.take(node, session.number(), message);
                } else {
                    greet(message);
                    greeted = true;
                }
            } catch (StatusRuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "Node {0} was refused: {1}",
                        node,
                        e.getStatus().getDescription());
                session.close(e.getStatus());
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A message of node " + node + " could not be taken.", e);
                session.close(Status.UNAVAILABLE.withDescription(
                        "The server could not take the message at the moment: connect again."));
                ended();
            }
        }

        @Override
        public void onError(Throwable cause) {
            ended();
        }

        @Override
        public void onCompleted() {
            session.complete();
            ended();
        }

        private void ended() {
            session.gone();
            sessions.closed(session);
            if (greeted) {
                facts.disconnected(node, session.number());
            }
        }

        private void greet(AgentMessage message) {
            if (!message.hasHello()) {
                throw refusal(Status.INVALID_ARGUMENT, "A connection begins with a hello.");
            }
            Hello hello = message.getHello();
            Enrollment.requireVersion(hello.getProtocolVersion());
            if (!leading.getAsBoolean()) {
                throw refusal(
                        Status.UNAVAILABLE,
                        "Another server runs the controllers, or none does yet: connect to that one, or again in a moment.");
            }
            NodeDescription description = description(hello);
            Optional<dev.warpgrid.model.DesiredState> desired = transactions.call(() -> {
                nodes.describe(description);
                return placements.desiredState(node);
            });
            session.send(ServerMessage.newBuilder()
                    .setWelcome(Welcome.newBuilder()
                            .setProtocolVersion(Math.min(hello.getProtocolVersion(), ProtocolVersion.CURRENT))
                            .setServerVersion(ServerVersion.current())
                            .setHeartbeatIntervalMillis((int) HEARTBEAT_INTERVAL.toMillis()))
                    .build());
            if (hello.getWantsGridRoutes()) {
                session.wantRoutes();
            }
            sessions.open(session);
            facts.hello(
                    session.number(),
                    description,
                    hello.getAppliedGeneration(),
                    reports.instanceFacts(node, hello.getInstancesList()),
                    clock.instant());
            // Without one, nothing was ever decided for the node; the controller's next step sends the first.
            desired.ifPresent(state -> session.send(StateMapping.toMessage(state)));
            LOG.log(Level.INFO, "Node {0} is connected.", node);
        }

        private NodeDescription description(Hello hello) {
            try {
                return FactMapping.fromMessage(node, hello.getProtocolVersion(), hello.getNode());
            } catch (IllegalArgumentException e) {
                throw refusal(Status.INVALID_ARGUMENT, "The hello makes no sense: " + e.getMessage());
            }
        }
    }

    /** Only what the node's desired state names, so that a node learns nothing of other nodes' workloads. */
    @Override
    public void fetchArtifact(FetchArtifactRequest request, StreamObserver<ArtifactChunk> answer) {
        NodeId node = NodeAuthentication.NODE.get();
        ArtifactStream stream = new ArtifactStream(
                (ServerCallStreamObserver<ArtifactChunk>) answer,
                position -> transactions.call(() -> artifacts.chunk(new Digest(request.getDigest()), position)));
        try {
            Digest digest = new Digest(request.getDigest());
            boolean named = transactions
                    .call(() -> placements.desiredState(node))
                    .filter(state -> state.workloads().stream()
                            .anyMatch(workload -> workload.artifact().equals(digest)))
                    .isPresent();
            if (!named || transactions.call(() -> artifacts.size(digest)).isEmpty()) {
                throw refusal(Status.NOT_FOUND, "There is no artifact " + digest + " among what this node is to run.");
            }
            stream.start();
        } catch (IllegalArgumentException e) {
            stream.fail(refusal(Status.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
        } catch (StatusRuntimeException e) {
            stream.fail(e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "An artifact could not be sent to node " + node + ".", e);
            stream.fail(refusal(Status.UNAVAILABLE, "The artifact cannot be read at the moment: try again."));
        }
    }

    @Override
    public void renewCertificate(RenewCertificateRequest request, StreamObserver<RenewCertificateResponse> answer) {
        NodeId node = NodeAuthentication.NODE.get();
        try {
            PublicKey key = Enrollment.keyOf(request.getCertificateRequest());
            Issued issued = Issued.toNode(identity.authority(), key, node, clock.instant());
            transactions.run(() -> nodes.renewed(node, issued.serial()));
            answer.onNext(RenewCertificateResponse.newBuilder()
                    .setCertificateChainPem(issued.chainPem())
                    .setCaPem(issued.authorityPem())
                    .build());
            answer.onCompleted();
        } catch (StatusRuntimeException e) {
            answer.onError(e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The certificate of node " + node + " could not be renewed.", e);
            answer.onError(refusal(Status.UNAVAILABLE, "The certificate cannot be renewed now: try again."));
        }
    }

    private static StatusRuntimeException refusal(Status status, String sentence) {
        return status.withDescription(sentence).asRuntimeException();
    }

    /** The bytes of one artifact, as fast as the agent takes them and no faster. */
    private static final class ArtifactStream {
        /** Of one message, well below the four mebibytes a client takes by default. */
        private static final int MESSAGE_BYTES = 256 * 1024;

        private final ServerCallStreamObserver<ArtifactChunk> stream;
        private final java.util.function.IntFunction<Optional<byte[]>> chunks;
        private byte @Nullable [] chunk;
        private int offset;
        private int position;
        private boolean started;
        private boolean done;

        ArtifactStream(
                ServerCallStreamObserver<ArtifactChunk> stream,
                java.util.function.IntFunction<Optional<byte[]>> chunks) {
            this.stream = stream;
            this.chunks = chunks;
            stream.setOnReadyHandler(this::drain);
            stream.setOnCancelHandler(this::stop);
        }

        synchronized void start() {
            started = true;
            drain();
        }

        synchronized void fail(StatusRuntimeException cause) {
            if (!done) {
                done = true;
                stream.onError(cause);
            }
        }

        private synchronized void stop() {
            done = true;
        }

        private synchronized void drain() {
            try {
                while (started && !done && stream.isReady()) {
                    byte[] current = chunk;
                    if (current == null || offset >= current.length) {
                        current = chunks.apply(position++).orElse(null);
                        chunk = current;
                        offset = 0;
                    }
                    if (current == null) {
                        done = true;
                        stream.onCompleted();
                        return;
                    }
                    int length = Math.min(MESSAGE_BYTES, current.length - offset);
                    stream.onNext(ArtifactChunk.newBuilder()
                            .setData(ByteString.copyFrom(current, offset, length))
                            .build());
                    offset += length;
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "An artifact could not be read to its end.", e);
                fail(refusal(Status.UNAVAILABLE, "The artifact cannot be read at the moment: try again."));
            }
        }
    }
}

package dev.warpgrid.server.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.api.EventView.Severity;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.ResourceName;
import dev.warpgrid.protocol.ProtocolVersion;
import dev.warpgrid.protocol.v1.EnrollmentGrpc;
import dev.warpgrid.protocol.v1.JoinRequest;
import dev.warpgrid.protocol.v1.JoinResponse;
import dev.warpgrid.server.control.EventQueue;
import dev.warpgrid.server.pki.CertificateAuthority;
import dev.warpgrid.server.pki.CertificateRequests;
import dev.warpgrid.server.pki.Issued;
import dev.warpgrid.server.pki.JoinTokens;
import dev.warpgrid.server.pki.PkiException;
import dev.warpgrid.server.pki.ServerIdentity;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.NodeStore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Supplier;

/** Lets nodes join: one token, one certificate. The token is used up in the transaction that makes the node. */
@Singleton
public class Enrollment extends EnrollmentGrpc.EnrollmentImplBase {
    private static final System.Logger LOG = System.getLogger(Enrollment.class.getName());
    private static final int MAXIMUM_SUFFIX = 1000;
    private static final int NAME_LETTERS = 55;

    private final Supplier<CertificateAuthority> authority;
    private final JoinTokens tokens;
    private final NodeStore nodes;
    private final Transactions transactions;
    private final EventQueue events;
    private final Clock clock;

    @Inject
    public Enrollment(
            ServerIdentity identity,
            JoinTokens tokens,
            NodeStore nodes,
            Transactions transactions,
            EventQueue events,
            Clock clock) {
        this.authority = identity::authority;
        this.tokens = tokens;
        this.nodes = nodes;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> answer) {
        try {
            requireVersion(request.getProtocolVersion());
            PublicKey key = keyOf(request.getCertificateRequest());
            Joined joined = transactions.call(() -> admit(request, key));
            events.offer(NewEvent.of(Severity.INFO, "NodeJoined", "Node " + joined.node() + " joined the grid.")
                    .on(joined.node()));
            answer.onNext(JoinResponse.newBuilder()
                    .setNodeId(joined.node().value())
                    .setCertificateChainPem(joined.issued().chainPem())
                    .setCaPem(joined.issued().authorityPem())
                    .build());
            answer.onCompleted();
        } catch (StatusRuntimeException e) {
            LOG.log(Level.INFO, "A node was not let in: {0}", e.getStatus().getDescription());
            answer.onError(e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A node could not join.", e);
            answer.onError(Status.UNAVAILABLE
                    .withDescription("The server could not let the node join at the moment: try again.")
                    .asRuntimeException());
        }
    }

    private record Joined(NodeId node, Issued issued) {}

    private Joined admit(JoinRequest request, PublicKey key) {
        CertificateAuthority ca = authority.get();
        String wished = wishedName(request.getNodeName());
        for (int attempt = 1; attempt <= MAXIMUM_SUFFIX; attempt++) {
            NodeId node = new NodeId(attempt == 1 ? wished : wished + "-" + attempt);
            Issued issued = Issued.toNode(ca, key, node, clock.instant());
            if (nodes.insert(node, issued.serial(), request.getProtocolVersion(), clock.instant())) {
                return switch (tokens.redeem(request.getToken(), ca, node)) {
                    case JoinTokens.Redemption.Accepted _ -> new Joined(node, issued);
                    // Thrown, so that the node's row goes with the transaction.
                    case JoinTokens.Redemption.Refused refused ->
                        throw Status.PERMISSION_DENIED
                                .withDescription(refused.sentence())
                                .asRuntimeException();
                };
            }
        }
        throw Status.ALREADY_EXISTS
                .withDescription("The name " + wished + " is taken too often: choose another with --node-name.")
                .asRuntimeException();
    }

    static void requireVersion(int version) {
        if (!ProtocolVersion.isAccepted(version)) {
            throw Status.FAILED_PRECONDITION
                    .withDescription("The agent speaks version " + version + " of the protocol and this server takes "
                            + ProtocolVersion.OLDEST_ACCEPTED + " to " + ProtocolVersion.CURRENT
                            + ": update the older of the two.")
                    .asRuntimeException();
        }
    }

    static PublicKey keyOf(ByteString request) {
        try {
            return CertificateRequests.keyOf(request.toByteArray());
        } catch (PkiException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    /** What of the wish can be a DNS label. */
    static String wishedName(String wish) {
        String label =
                wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        String shortened =
                label.substring(0, Math.min(NAME_LETTERS, label.length())).replaceAll("-+$", "");
        return ResourceName.isValid(shortened) ? shortened : "node";
    }
}

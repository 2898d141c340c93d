package dev.warpgrid.server.link;

import dev.warpgrid.model.NodeId;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.server.service.Transactions;
import dev.warpgrid.server.store.NodeStore;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Lets calls of the agent link pass only with the certificate of a node that is known and not deleted. That the
 * certificate is of this grid's authority and in its time was checked by TLS.
 */
@Singleton
public class NodeAuthentication implements ServerInterceptor {
    /** The calling node. */
    public static final Context.Key<NodeId> NODE = Context.key("warpgrid-node");

    private final NodeStore nodes;
    private final Transactions transactions;

    @Inject
    public NodeAuthentication(NodeStore nodes, Transactions transactions) {
        this.nodes = nodes;
        this.transactions = transactions;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!AgentLinkGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        Optional<NodeId> node = peer(call);
        if (node.isEmpty()) {
            return refuse(
                    call,
                    Status.UNAUTHENTICATED.withDescription(
                            "A node's certificate is required: join the grid first, with a join token."));
        }
        try {
            if (transactions.call(() -> nodes.find(node.get())).isEmpty()) {
                return refuse(
                        call,
                        Status.PERMISSION_DENIED.withDescription("Node " + node.get()
                                + " is not part of this grid, or was deleted from it: join again with a new token."));
            }
        } catch (RuntimeException e) {
            return refuse(
                    call,
                    Status.UNAVAILABLE.withDescription(
                            "The server's database is away, so no node can be recognised: try again."));
        }
        return Contexts.interceptCall(Context.current().withValue(NODE, node.get()), call, headers, next);
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static Optional<NodeId> peer(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? commonName(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            // No certificate was presented.
            return Optional.empty();
        }
    }

    private static Optional<NodeId> commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return Optional.of(new NodeId(String.valueOf(part.getValue())));
                }
            }
            return Optional.empty();
        } catch (InvalidNameException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

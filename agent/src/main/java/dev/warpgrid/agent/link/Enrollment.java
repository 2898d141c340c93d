package dev.warpgrid.agent.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.protocol.ProtocolVersion;
import dev.warpgrid.protocol.v1.EnrollmentGrpc;
import dev.warpgrid.protocol.v1.JoinRequest;
import dev.warpgrid.protocol.v1.JoinResponse;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How a node gets its first certificate, once in its life. */
public final class Enrollment {
    private static final long LIMIT_SECONDS = 30;

    private Enrollment() {}

    /**
     * Joins a grid and keeps the identity.
     *
     * @param server HOST:PORT
     * @param folder where the identity is kept
     * @throws IOException when the server refuses, or is not the one the token names
     */
    public static NodeIdentity join(String server, JoinToken token, String nodeName, Path folder) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(new PinnedTrust(token.caFingerprint()))
                .build();
        ManagedChannel channel = Grpc.newChannelBuilder(server, credentials).build();
        try {
            NodeKey key = NodeKey.generate();
            JoinResponse response = EnrollmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .withWaitForReady()
                    .join(JoinRequest.newBuilder()
                            .setToken(token.text())
                            .setNodeName(nodeName)
                            .setCertificateRequest(ByteString.copyFrom(key.certificateRequest(nodeName)))
                            .setProtocolVersion(ProtocolVersion.CURRENT)
                            .build());
            NodeIdentity identity = NodeIdentity.of(key.pem(), response.getCertificateChainPem(), response.getCaPem());
            identity.save(folder);
            return identity;
        } catch (StatusRuntimeException e) {
            throw new IOException(
                    "The server " + server + " did not let this node join (" + ServerLink.describe(e.getStatus())
                            + "): check the address and make a new join token.",
                    e);
        } finally {
            channel.shutdownNow();
        }
    }
}

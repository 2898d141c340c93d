package dev.warpgrid.agent.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.ArtifactChunk;
import dev.warpgrid.protocol.v1.EnrollmentGrpc;
import dev.warpgrid.protocol.v1.FetchArtifactRequest;
import dev.warpgrid.protocol.v1.JoinRequest;
import dev.warpgrid.protocol.v1.JoinResponse;
import dev.warpgrid.protocol.v1.RenewCertificateRequest;
import dev.warpgrid.protocol.v1.RenewCertificateResponse;
import dev.warpgrid.protocol.v1.ServerMessage;
import dev.warpgrid.protocol.v1.Welcome;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The server's end of the protocol, over real TLS on loopback. */
public final class TestServer implements AutoCloseable {
    static final String TOKEN_SECRET = "warpjoin_abc_secret_";

    final TestCa ca;
    final List<AgentMessage> received = new CopyOnWriteArrayList<>();
    final List<StreamObserver<ServerMessage>> streams = new CopyOnWriteArrayList<>();
    final AtomicInteger renewals = new AtomicInteger();
    volatile byte[] artifact = {};
    volatile Duration certificateAge = Duration.ZERO;
    private final Server server;

    public TestServer(TestCa ca, int port) throws Exception {
        this.ca = ca;
        KeyPair key = TestCa.keyPair();
        X509Certificate certificate = ca.issue(
                "localhost",
                key.getPublic(),
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(3600));
        server = Grpc.newServerBuilderForPort(
                        port,
                        TlsServerCredentials.newBuilder()
                                .keyManager(
                                        stream(TestCa.pem(certificate, ca.certificate)),
                                        stream(TestCa.pem(key.getPrivate())))
                                .trustManager(stream(TestCa.pem(ca.certificate)))
                                .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                                .build())
                .addService(new Joining())
                .addService(new Linking())
                .build()
                .start();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public int port() {
        return server.getPort();
    }

    public String address() {
        return "localhost:" + port();
    }

    public String token() throws Exception {
        return TOKEN_SECRET + ca.fingerprint();
    }

    public void send(ServerMessage message) {
        StreamObserver<ServerMessage> newest = streams.getLast();
        synchronized (newest) {
            newest.onNext(message);
        }
    }

    /** Whether a message was received for which this holds. */
    public boolean any(Predicate<AgentMessage> wanted) {
        return received.stream().anyMatch(wanted);
    }

    /** What every download gives. */
    public void artifact(byte[] bytes) {
        artifact = bytes;
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private X509Certificate certificate(ByteString request) {
        try {
            Instant from = Instant.now().minus(certificateAge);
            return ca.sign(request.toByteArray(), "node-7", from, from.plus(Duration.ofHours(1)));
        } catch (Exception e) {
            throw Status.INVALID_ARGUMENT.withCause(e).asRuntimeException();
        }
    }

    private String chain(X509Certificate certificate) {
        try {
            return TestCa.pem(certificate, ca.certificate);
        } catch (IOException e) {
            throw Status.INTERNAL.withCause(e).asRuntimeException();
        }
    }

    private String caPem() {
        return chain(ca.certificate);
    }

    private final class Joining extends EnrollmentGrpc.EnrollmentImplBase {
        @Override
        public void join(JoinRequest request, StreamObserver<JoinResponse> response) {
            if (!request.getToken().startsWith(TOKEN_SECRET)) {
                response.onError(Status.PERMISSION_DENIED
                        .withDescription("The token was used before.")
                        .asRuntimeException());
                return;
            }
            response.onNext(JoinResponse.newBuilder()
                    .setNodeId("node-7")
                    .setCertificateChainPem(chain(certificate(request.getCertificateRequest())))
                    .setCaPem(caPem())
                    .build());
            response.onCompleted();
        }
    }

    private final class Linking extends AgentLinkGrpc.AgentLinkImplBase {
        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<ServerMessage> out) {
            streams.add(out);
            return new StreamObserver<>() {
                @Override
                public void onNext(AgentMessage message) {
                    // The welcome is out before a test can know of the hello, so that the two do not send at once.
                    if (message.hasHello()) {
                        out.onNext(ServerMessage.newBuilder()
                                .setWelcome(Welcome.newBuilder()
                                        .setProtocolVersion(1)
                                        .setServerVersion("0.1.0")
                                        .setHeartbeatIntervalMillis(200))
                                .build());
                    }
                    received.add(message);
                }

                @Override
                public void onError(Throwable cause) {
                    streams.remove(out);
                }

                @Override
                public void onCompleted() {
                    streams.remove(out);
                    out.onCompleted();
                }
            };
        }

        @Override
        public void fetchArtifact(FetchArtifactRequest request, StreamObserver<ArtifactChunk> response) {
            byte[] bytes = artifact;
            for (int at = 0; at < bytes.length; at += 1000) {
                response.onNext(ArtifactChunk.newBuilder()
                        .setData(ByteString.copyFrom(bytes, at, Math.min(1000, bytes.length - at)))
                        .build());
            }
            response.onCompleted();
        }

        @Override
        public void renewCertificate(
                RenewCertificateRequest request, StreamObserver<RenewCertificateResponse> response) {
            certificateAge = Duration.ZERO;
            response.onNext(RenewCertificateResponse.newBuilder()
                    .setCertificateChainPem(chain(certificate(request.getCertificateRequest())))
                    .setCaPem(caPem())
                    .build());
            response.onCompleted();
            renewals.incrementAndGet();
        }
    }
}

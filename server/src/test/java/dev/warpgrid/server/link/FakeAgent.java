package dev.warpgrid.server.link;

import com.google.protobuf.ByteString;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.GridRoutes;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.protocol.ProtocolVersion;
import dev.warpgrid.protocol.RoutesMapping;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.Applied;
import dev.warpgrid.protocol.v1.ArtifactChunk;
import dev.warpgrid.protocol.v1.EnrollmentGrpc;
import dev.warpgrid.protocol.v1.FactBatch;
import dev.warpgrid.protocol.v1.FetchArtifactRequest;
import dev.warpgrid.protocol.v1.Heartbeat;
import dev.warpgrid.protocol.v1.Hello;
import dev.warpgrid.protocol.v1.InstanceFact;
import dev.warpgrid.protocol.v1.InstanceState;
import dev.warpgrid.protocol.v1.JoinRequest;
import dev.warpgrid.protocol.v1.JoinResponse;
import dev.warpgrid.protocol.v1.LogSubscribe;
import dev.warpgrid.protocol.v1.NodeDescription;
import dev.warpgrid.protocol.v1.RenewCertificateRequest;
import dev.warpgrid.protocol.v1.ServerMessage;
import dev.warpgrid.protocol.v1.Welcome;
import dev.warpgrid.server.testing.FakeAgentKeys;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.jspecify.annotations.Nullable;

/** An agent's side of the protocol, without guests: it says that what it was told to run does run. */
final class FakeAgent implements AutoCloseable {
    private final int port;
    private final X509Certificate authority;
    private final AtomicLong sequence = new AtomicLong();
    final SortedMap<String, InstanceFact> running = new ConcurrentSkipListMap<>();
    final List<DesiredState> received = new CopyOnWriteArrayList<>();
    final List<LogSubscribe> subscriptions = new CopyOnWriteArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    FakeAgentKeys keys = FakeAgentKeys.onCurve("secp256r1");
    String node = "";
    String chainPem = "";
    long memoryBytes = 1L << 30;
    int protocolVersion = ProtocolVersion.CURRENT;
    boolean obeys = true;
    /** HOST:PORT; empty for an agent without a mesh, which wants no routes either. */
    String meshAddress = "";

    volatile GridRoutes routes = GridRoutes.empty();
    final AtomicLong wholeTables = new AtomicLong();
    volatile @Nullable Welcome welcome;
    volatile @Nullable Status ended;
    private volatile @Nullable StreamObserver<AgentMessage> stream;
    private volatile @Nullable Thread heart;

    FakeAgent(int port, X509Certificate authority) {
        this.port = port;
        this.authority = authority;
    }

    JoinResponse join(String token, String name) {
        JoinResponse response = EnrollmentGrpc.newBlockingStub(channel(false))
                .join(JoinRequest.newBuilder()
                        .setToken(token)
                        .setNodeName(name)
                        .setProtocolVersion(protocolVersion)
                        .setCertificateRequest(ByteString.copyFrom(keys.request()))
                        .build());
        node = response.getNodeId();
        chainPem = response.getCertificateChainPem();
        return response;
    }

    /** @param withCertificate present the node's certificate */
    ManagedChannel channel(boolean withCertificate) {
        try {
            var credentials = TlsChannelCredentials.newBuilder()
                    .trustManager(new ByteArrayInputStream(pem(authority).getBytes(StandardCharsets.US_ASCII)));
            if (withCertificate) {
                credentials.keyManager(
                        new ByteArrayInputStream(chainPem.getBytes(StandardCharsets.US_ASCII)),
                        new ByteArrayInputStream(pem(org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(
                                        keys.pair().getPrivate().getEncoded()))
                                .getBytes(StandardCharsets.US_ASCII)));
            }
            ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port, credentials.build())
                    .build();
            channels.add(channel);
            return channel;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            // An object of PKCS #8 is written as such, which is what the TLS library reads.
            writer.writeObject(
                    object instanceof org.bouncycastle.asn1.pkcs.PrivateKeyInfo info
                            ? new org.bouncycastle.openssl.PKCS8Generator(info, null)
                            : object);
        }
        return text.toString();
    }

    FakeAgent connect() {
        return connect(true);
    }

    FakeAgent connect(boolean withCertificate) {
        ended = null;
        StreamObserver<AgentMessage> opened = AgentLinkGrpc.newStub(channel(withCertificate))
                .connect(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerMessage message) {
                        take(message);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        ended = Status.fromThrowable(cause);
                    }

                    @Override
                    public void onCompleted() {
                        ended = Status.OK;
                    }
                });
        stream = opened;
        opened.onNext(AgentMessage.newBuilder().setHello(hello()).build());
        heart = Thread.startVirtualThread(() -> beat(opened));
        return this;
    }

    private Hello hello() {
        return Hello.newBuilder()
                .setProtocolVersion(protocolVersion)
                .setProcessId("p")
                .setAppliedGeneration(
                        received.isEmpty() ? 0 : received.getLast().generation())
                .addAllInstances(running.values())
                .setWantsGridRoutes(!meshAddress.isEmpty())
                .setNode(NodeDescription.newBuilder()
                        .setAgentVersion("test")
                        .setEngineName("None")
                        .setEngineVersion("1")
                        .setProcessors(2)
                        .setMemoryBytes(memoryBytes)
                        .putAllLabels(Map.of("zone", "a"))
                        .addInterfaces("wasi:http/types@0.2.12")
                        .setIngressUrl("http://localhost:8080")
                        .setMeshAddress(meshAddress))
                .build();
    }

    private void beat(StreamObserver<AgentMessage> on) {
        try {
            while (on.equals(stream) && ended == null) {
                send(AgentMessage.newBuilder()
                        .setHeartbeat(Heartbeat.newBuilder().setInstances(running.size()))
                        .build());
                TimeUnit.MILLISECONDS.sleep(300);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void send(AgentMessage message) {
        StreamObserver<AgentMessage> open = stream;
        if (open != null && ended == null) {
            try {
                open.onNext(message);
            } catch (IllegalStateException e) {
                // The stream ended meanwhile, which its observer tells.
            }
        }
    }

    private void take(ServerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome = message.getWelcome();
            case DESIRED_STATE -> {
                DesiredState state = StateMapping.fromMessage(message.getDesiredState());
                received.add(state);
                if (obeys) {
                    obey(state);
                }
            }
            case GRID_ROUTES_UPDATE -> {
                if (message.getGridRoutesUpdate().getFull()) {
                    wholeTables.incrementAndGet();
                }
                routes = routes.with(RoutesMapping.fromMessages(List.of(message.getGridRoutesUpdate())));
            }
            case LOG_SUBSCRIBE -> subscriptions.add(message.getLogSubscribe());
            case LOG_UNSUBSCRIBE ->
                subscriptions.removeIf(subscription -> subscription.getSubscription()
                        == message.getLogUnsubscribe().getSubscription());
            case MESSAGE_NOT_SET -> throw new IllegalStateException("an empty message");
        }
    }

    private void obey(DesiredState state) {
        List<String> wanted = state.assignments().stream()
                .map(assignment -> assignment.instance().value())
                .toList();
        running.keySet().stream().filter(id -> !wanted.contains(id)).toList().forEach(id -> {
            InstanceFact last = running.get(id);
            if (last != null) {
                report(id, last.getRevision(), InstanceState.INSTANCE_STATE_STOPPED, "", 0);
            }
            running.remove(id);
        });
        state.assignments().forEach(assignment -> {
            if (!running.containsKey(assignment.instance().value())) {
                report(
                        assignment.instance().value(),
                        assignment.revision().toString(),
                        InstanceState.INSTANCE_STATE_RUNNING,
                        "",
                        0);
            }
        });
        send(AgentMessage.newBuilder()
                .setApplied(Applied.newBuilder().setGeneration(state.generation()))
                .build());
    }

    void report(String instance, String revision, InstanceState state, String reason, int restarts) {
        InstanceFact fact = InstanceFact.newBuilder()
                .setSequence(sequence.incrementAndGet())
                .setAtEpochMillis(System.currentTimeMillis())
                .setInstanceId(instance)
                .setRevision(revision)
                .setState(state)
                .setReason(reason)
                .setRestarts(restarts)
                .setMemoryBytes(1 << 20)
                .build();
        running.put(instance, fact);
        send(AgentMessage.newBuilder()
                .setFacts(FactBatch.newBuilder().addFacts(fact))
                .build());
    }

    List<InstanceId> assigned() {
        return received.isEmpty()
                ? List.of()
                : received.getLast().assignments().stream()
                        .map(dev.warpgrid.model.Assignment::instance)
                        .toList();
    }

    byte[] fetch(String digest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        AgentLinkGrpc.newBlockingStub(channel(true))
                .fetchArtifact(
                        FetchArtifactRequest.newBuilder().setDigest(digest).build())
                .forEachRemaining(
                        (ArtifactChunk chunk) -> all.writeBytes(chunk.getData().toByteArray()));
        return all.toByteArray();
    }

    String renew(FakeAgentKeys fresh) {
        return AgentLinkGrpc.newBlockingStub(channel(true))
                .renewCertificate(RenewCertificateRequest.newBuilder()
                        .setCertificateRequest(ByteString.copyFrom(fresh.request()))
                        .build())
                .getCertificateChainPem();
    }

    /** As a crash or a cut cable would. */
    void vanish() {
        stream = null;
        channels.forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }

    @Override
    public void close() {
        vanish();
        Thread beating = heart;
        if (beating != null) {
            beating.interrupt();
        }
    }
}

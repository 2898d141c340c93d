package dev.warpgrid.agent.link;

import dev.warpgrid.agent.supervise.NodeEvent;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.protocol.FactMapping;
import dev.warpgrid.protocol.ProtocolVersion;
import dev.warpgrid.protocol.RoutesMapping;
import dev.warpgrid.protocol.StateMapping;
import dev.warpgrid.protocol.v1.AgentLinkGrpc;
import dev.warpgrid.protocol.v1.AgentMessage;
import dev.warpgrid.protocol.v1.Applied;
import dev.warpgrid.protocol.v1.Ending;
import dev.warpgrid.protocol.v1.FactBatch;
import dev.warpgrid.protocol.v1.GridRoutesUpdate;
import dev.warpgrid.protocol.v1.Hello;
import dev.warpgrid.protocol.v1.LogSubscribe;
import dev.warpgrid.protocol.v1.MetricsReport;
import dev.warpgrid.protocol.v1.ServerMessage;
import dev.warpgrid.protocol.v1.Welcome;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream to a server, from hello to its end. Network callbacks are posted to the link's thread, which owns this. */
final class Session {
    static final long WELCOME_LIMIT_SECONDS = 10;
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final int BATCH_FACTS = 500;
    private static final int MOST_ROUTE_PARTS = 1_000;
    private static final long SHORTEST_HEARTBEAT_MILLIS = 200;
    private static final long LONGEST_HEARTBEAT_MILLIS = 60_000;

    /** What a session tells its link. */
    interface Events {
        void welcomed(Session of, String serverVersion, long heartbeatMillis);

        void ended(Session of, Status status);
    }

    private final ServerLink.Parts parts;
    private final Consumer<Runnable> thread;
    private final Events events;
    private final LogFeeds feeds;
    private @Nullable ClientCallStreamObserver<AgentMessage> call;
    private final List<GridRoutesUpdate> routeParts = new ArrayList<>();
    private boolean welcomed;

    Session(ServerLink.Parts parts, Consumer<Runnable> thread, Events events) {
        this.parts = parts;
        this.thread = thread;
        this.events = events;
        this.feeds = new LogFeeds(parts.logs(), () -> thread.accept(this::flush));
    }

    void open(AgentLinkGrpc.AgentLinkStub stub) {
        var ignored = stub.connect(new Receiver());
        send(AgentMessage.newBuilder().setHello(hello()).build());
    }

    private Hello hello() {
        NodeDescription node = parts.node().description();
        List<InstanceFact> present = parts.node().instances();
        parts.outbox().toldInHello(present);
        var hello = Hello.newBuilder()
                .setProtocolVersion(ProtocolVersion.CURRENT)
                .setProcessId(parts.processId())
                .setNode(FactMapping.toMessage(node))
                .setAppliedGeneration(parts.node().appliedGeneration())
                .setWantsGridRoutes(parts.node().wantsRoutes());
        present.forEach(fact -> hello.addInstances(FactMapping.toMessage(fact)));
        return hello.build();
    }

    private boolean ready() {
        ClientCallStreamObserver<AgentMessage> open = call;
        return open != null && open.isReady();
    }

    private void send(AgentMessage message) {
        ClientCallStreamObserver<AgentMessage> open = call;
        if (open != null) {
            open.onNext(message);
        }
    }

    /** Sends what waits, for as long as the connection takes it. */
    void flush() {
        if (!welcomed) {
            return;
        }
        while (ready()) {
            List<InstanceFact> facts = parts.outbox().takeFacts(BATCH_FACTS);
            if (facts.isEmpty()) {
                break;
            }
            var batch = FactBatch.newBuilder();
            facts.forEach(fact -> batch.addFacts(FactMapping.toMessage(fact)));
            send(AgentMessage.newBuilder().setFacts(batch).build());
        }
        if (!ready()) {
            return;
        }
        OptionalLong applied = parts.outbox().takeApplied();
        if (applied.isPresent()) {
            send(AgentMessage.newBuilder()
                    .setApplied(Applied.newBuilder().setGeneration(applied.getAsLong()))
                    .build());
        }
        parts.outbox().takeEvents().forEach(event -> send(message(event)));
        feeds.pump(this::ready, this::send);
    }

    private static AgentMessage message(NodeEvent event) {
        var message = dev.warpgrid.protocol.v1.NodeEvent.newBuilder()
                .setAtEpochMillis(event.at().toEpochMilli())
                .setWarning(event.warning())
                .setReason(event.reason())
                .setMessage(event.message())
                .setCount(event.count());
        event.instance().ifPresent(instance -> message.setInstanceId(instance.value()));
        event.revision().ifPresent(revision -> message.setRevision(revision.toString()));
        return AgentMessage.newBuilder().setEvent(message).build();
    }

    void heartbeat() {
        send(AgentMessage.newBuilder()
                .setHeartbeat(FactMapping.toMessage(parts.node().usage()))
                .build());
    }

    void metrics(List<RevisionMetrics> revisions, long intervalMillis) {
        if (!ready() || revisions.isEmpty()) {
            return;
        }
        var report = MetricsReport.newBuilder()
                .setAtEpochMillis(parts.clock().instant().toEpochMilli())
                .setIntervalMillis((int) intervalMillis);
        revisions.forEach(each -> report.addRevisions(FactMapping.toMessage(each)));
        send(AgentMessage.newBuilder().setMetrics(report).build());
    }

    private void receive(ServerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> welcome(message.getWelcome());
            case DESIRED_STATE -> desired(message.getDesiredState());
            case GRID_ROUTES_UPDATE -> routes(message.getGridRoutesUpdate());
            case LOG_SUBSCRIBE -> subscribe(message.getLogSubscribe());
            case LOG_UNSUBSCRIBE ->
                feeds.unsubscribe(message.getLogUnsubscribe().getSubscription());
            case MESSAGE_NOT_SET -> LOG.log(System.Logger.Level.DEBUG, "A newer server said something unknown here");
        }
    }

    private void welcome(Welcome welcome) {
        if (!ProtocolVersion.isAccepted(welcome.getProtocolVersion())) {
            cancel("The server speaks protocol version " + welcome.getProtocolVersion() + " and this agent "
                    + ProtocolVersion.CURRENT + ": upgrade the older of the two.");
            return;
        }
        welcomed = true;
        events.welcomed(
                this,
                welcome.getServerVersion(),
                Math.clamp(welcome.getHeartbeatIntervalMillis(), SHORTEST_HEARTBEAT_MILLIS, LONGEST_HEARTBEAT_MILLIS));
    }

    private void desired(dev.warpgrid.protocol.v1.DesiredState message) {
        try {
            parts.node().apply(StateMapping.fromMessage(message));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "The server sent a desired state that cannot be read", e);
            parts.outbox()
                    .event(new NodeEvent(
                            parts.clock().instant(),
                            true,
                            "DesiredStateRefused",
                            "Generation " + message.getGeneration() + " cannot be read: " + e.getMessage(),
                            Optional.empty(),
                            Optional.empty(),
                            1));
        }
    }

    private void routes(GridRoutesUpdate part) {
        if (routeParts.size() >= MOST_ROUTE_PARTS) {
            cancel("The server sent a table of routes in more than " + MOST_ROUTE_PARTS + " parts.");
            return;
        }
        routeParts.add(part);
        if (part.getMoreFollows()) {
            return;
        }
        List<GridRoutesUpdate> parts = List.copyOf(routeParts);
        routeParts.clear();
        try {
            this.parts.node().apply(RoutesMapping.fromMessages(parts));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "The server sent routes that cannot be read", e);
            // The next connection begins with the whole table.
            cancel("The routes cannot be read: " + e.getMessage());
        }
    }

    /** What runs here will be gone in a moment. */
    void ending() {
        if (welcomed) {
            send(AgentMessage.newBuilder()
                    .setEnding(Ending.getDefaultInstance())
                    .build());
        }
    }

    private void subscribe(LogSubscribe request) {
        if (!feeds.subscribe(request)) {
            send(LogFeeds.end(request.getSubscription()));
        }
    }

    void cancelUnlessWelcomed() {
        if (!welcomed) {
            cancel("The server sent no welcome within " + WELCOME_LIMIT_SECONDS + " seconds.");
        }
    }

    private void cancel(String reason) {
        ClientCallStreamObserver<AgentMessage> open = call;
        if (open != null) {
            open.cancel(reason, null);
        }
    }

    void hangUp() {
        ClientCallStreamObserver<AgentMessage> open = call;
        if (open != null) {
            open.onCompleted();
        }
    }

    void close() {
        call = null;
        feeds.close();
    }

    private final class Receiver implements ClientResponseObserver<AgentMessage, ServerMessage> {
        @Override
        public void beforeStart(ClientCallStreamObserver<AgentMessage> stream) {
            call = stream;
            stream.setOnReadyHandler(() -> thread.accept(Session.this::flush));
        }

        @Override
        public void onNext(ServerMessage message) {
            thread.accept(() -> receive(message));
        }

        @Override
        public void onError(Throwable cause) {
            thread.accept(() -> events.ended(Session.this, Status.fromThrowable(cause)));
        }

        @Override
        public void onCompleted() {
            thread.accept(() ->
                    events.ended(Session.this, Status.UNAVAILABLE.withDescription("the server ended the stream")));
        }
    }
}

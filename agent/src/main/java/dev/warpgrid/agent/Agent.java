package dev.warpgrid.agent;

import dev.warpgrid.agent.guest.GuestFactory;
import dev.warpgrid.agent.guest.PoolLimits;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.agent.health.HealthServer;
import dev.warpgrid.agent.ingress.Ingress;
import dev.warpgrid.agent.ingress.IngressLimits;
import dev.warpgrid.agent.ingress.LocalRoutes;
import dev.warpgrid.agent.ingress.PeerLimits;
import dev.warpgrid.agent.journal.ArtifactStore;
import dev.warpgrid.agent.journal.RestartJournal;
import dev.warpgrid.agent.journal.RoutesJournal;
import dev.warpgrid.agent.journal.StateJournal;
import dev.warpgrid.agent.link.NodeIdentity;
import dev.warpgrid.agent.link.NodeView;
import dev.warpgrid.agent.link.Outbox;
import dev.warpgrid.agent.link.ServerLink;
import dev.warpgrid.agent.logs.LogLimits;
import dev.warpgrid.agent.logs.LogStore;
import dev.warpgrid.agent.mesh.Mesh;
import dev.warpgrid.agent.metrics.MetricsReader;
import dev.warpgrid.agent.metrics.PrometheusText;
import dev.warpgrid.agent.reconcile.BackoffPolicy;
import dev.warpgrid.agent.supervise.NodeEvent;
import dev.warpgrid.agent.supervise.Supervisor;
import dev.warpgrid.agent.supervise.SupervisorLimits;
import dev.warpgrid.agent.supervise.SupervisorParts;
import dev.warpgrid.model.DesiredState;
import dev.warpgrid.model.EngineFacts;
import dev.warpgrid.model.GridRoutesChange;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.MeshPeer;
import dev.warpgrid.model.NodeDescription;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.NodeUsage;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.protocol.ProtocolVersion;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** All parts of a running node, wired by hand. */
public final class Agent implements AutoCloseable, NodeView {
    static final String VERSION = "0.1.0";
    static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());
    private static final long ARTIFACT_CACHE_BYTES = 4L << 30;

    private final AgentOptions options;
    private final NodeId node;
    private final String meshHost;
    private final EngineFacts engine;
    private final Vertx vertx;
    private final LogStore logs;
    private final Pools pools;
    private final Ingress ingress;
    private final Optional<Mesh> mesh;
    private final Supervisor supervisor;
    private final ServerLink link;
    private final HealthServer health;
    private final MetricsReader metricsReader = new MetricsReader();
    private volatile boolean warm;

    /**
     * Opens ports and starts threads; serves what the journal remembers at once.
     *
     * @throws IOException when the home cannot be used
     * @throws IllegalStateException when a port cannot be opened
     */
    public Agent(AgentOptions options, EngineFacts engine, GuestFactory factory, NodeIdentity identity)
            throws IOException {
        this.options = options;
        this.engine = engine;
        this.node = identity.node();
        this.meshHost = MeshAddress.of(options);
        Path home = options.home();
        InstantSource clock = InstantSource.system();
        var outbox = new Outbox();
        int loops = Runtime.getRuntime().availableProcessors();
        this.vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        if (!vertx.isNativeTransportEnabled()) {
            LOG.log(System.Logger.Level.WARNING, "Native epoll is not there; the ingress uses the JDK's selector");
        }
        this.logs = new LogStore(
                home.resolve("logs"),
                node,
                LogLimits.defaults(),
                clock,
                (instance, count) -> outbox.event(linesDropped(clock, instance, count)));
        this.pools = new Pools(PoolLimits.of(options.guestThreads()));
        this.ingress =
                Ingress.open(vertx, IngressLimits.defaults(), options.ingressHost(), options.ingressPort(), loops);
        var artifacts = new ArtifactStore(home.resolve("artifacts"), ARTIFACT_CACHE_BYTES);
        Path journal = home.resolve("journal");
        var source = new AtomicReference<ServerLink>();
        this.mesh = options.gridRoutes()
                ? Optional.of(mesh(identity, new RoutesJournal(journal), loops))
                : Optional.empty();
        this.supervisor = new Supervisor(new SupervisorParts(
                node,
                SupervisorLimits.of(options.memory().bytes()),
                BackoffPolicy.defaults(),
                clock,
                factory,
                pools,
                artifacts,
                (digest, bytes) -> source.get().fetch(digest, bytes),
                new StateJournal(journal),
                new RestartJournal(journal),
                logs,
                outbox,
                this::route));
        this.link = new ServerLink(
                new ServerLink.Parts(
                        options.server(),
                        home.resolve("identity"),
                        UUID.randomUUID().toString(),
                        this,
                        outbox,
                        logs,
                        artifacts,
                        clock),
                identity);
        source.set(link);
        this.health = HealthServer.open(vertx, options.healthPort(), this::health, this::prometheus);
    }

    private Mesh mesh(NodeIdentity identity, RoutesJournal journal, int loops) {
        return new Mesh(
                new Mesh.Parts(
                        vertx,
                        loops,
                        IngressLimits.defaults(),
                        PeerLimits.defaults(),
                        identity,
                        journal,
                        ingress::routes),
                options.meshHost(),
                options.meshPort());
    }

    private void route(LocalRoutes local) {
        mesh.ifPresentOrElse(every -> every.local(local), () -> ingress.routes(local.table()));
    }

    private static NodeEvent linesDropped(InstantSource clock, InstanceId instance, long count) {
        return new NodeEvent(
                clock.instant(),
                true,
                "LogLinesDropped",
                "The instance wrote more lines than are kept.",
                Optional.of(instance),
                Optional.empty(),
                count);
    }

    /** Serves what the journal remembers and connects. */
    public void start() {
        supervisor.resume();
        link.start();
    }

    /** The engine has compiled the path of a request: from now on this node calls itself ready. */
    public void warm() {
        warm = true;
    }

    public int ingressPort() {
        return ingress.port();
    }

    public int healthPort() {
        return health.port();
    }

    /** 0 where this node takes no requests from other nodes. */
    public int meshPort() {
        return mesh.map(Mesh::port).orElse(0);
    }

    // ---- what the link asks

    @Override
    public NodeDescription description() {
        String host = options.ingressHost().equals("0.0.0.0") ? "localhost" : options.ingressHost();
        return new NodeDescription(
                node,
                VERSION,
                ProtocolVersion.CURRENT,
                engine,
                Runtime.getRuntime().availableProcessors(),
                options.memory().bytes(),
                options.labels(),
                ExportedInterfaces.all(),
                "http://" + host + ":" + ingress.port(),
                mesh.map(open -> new MeshPeer(node, meshHost, open.port()).address())
                        .orElse(""));
    }

    @Override
    public NodeUsage usage() {
        return new NodeUsage(
                supervisor.guestMemoryBytes(),
                ProcessUsage.residentBytes(),
                ProcessUsage.cpuShare(),
                supervisor.present().size());
    }

    @Override
    public List<InstanceFact> instances() {
        return supervisor.present();
    }

    @Override
    public long appliedGeneration() {
        return supervisor.generation();
    }

    @Override
    public List<RevisionMetrics> metrics() {
        return metricsReader.read(sources());
    }

    @Override
    public void apply(DesiredState state) {
        supervisor.apply(state);
    }

    @Override
    public boolean wantsRoutes() {
        return mesh.isPresent();
    }

    @Override
    public void apply(GridRoutesChange change) {
        mesh.ifPresent(open -> open.apply(change));
    }

    @Override
    public void renewed(NodeIdentity identity) {
        mesh.ifPresent(open -> open.renew(identity));
    }

    private List<MetricsReader.Source> sources() {
        return supervisor.runtimes().stream()
                .map(runtime -> new MetricsReader.Source(runtime.revision(), runtime.counters(), runtime.pool()))
                .toList();
    }

    // ---- health

    private HealthServer.Health health() {
        var details = new JsonObject()
                .put("node", node.value())
                .put("connected", link.connected())
                .put("engine", engine.version())
                .put("engineName", engine.name())
                .put("engineCompiled", engine.compiled())
                .put("warm", warm)
                .put("generation", supervisor.generation())
                .put("instances", supervisor.present().size())
                .put("ingressPort", ingress.port())
                .put("meshPort", meshPort())
                .put("version", VERSION);
        return new HealthServer.Health(warm, details);
    }

    private String prometheus() {
        return new PrometheusText()
                .info(
                        "warpgrid_agent_info",
                        "This agent.",
                        "node",
                        node.value(),
                        "version",
                        VERSION,
                        "engine",
                        engine.name(),
                        "implementation",
                        engine.version())
                .gauge("warpgrid_engine_compiled", "1 when guests become machine code.", engine.compiled() ? 1 : 0)
                .gauge("warpgrid_server_connected", "1 while a server is connected.", link.connected() ? 1 : 0)
                .gauge("warpgrid_desired_generation", "The newest desired state.", supervisor.generation())
                .gauge("warpgrid_ingress_connections", "Open client connections.", ingress.connections())
                .gauge("warpgrid_guest_threads", "Threads that run guests, lent ones included.", pools.threads())
                .gauge("warpgrid_process_resident_bytes", "Resident memory.", ProcessUsage.residentBytes())
                .counter("warpgrid_log_write_failures_total", "Lines the disk did not take.", logs.writeFailures())
                .gauge("warpgrid_requests_waiting", "Requests that wait for an endpoint.", ingress.waiting())
                .counter("warpgrid_request_retries_total", "Requests taken to a place again.", ingress.retries())
                .peers(mesh.map(Mesh::peers).orElse(List.of()))
                .revisions(sources())
                .toString();
    }

    /** Lets requests under way finish, then ends everything in order. */
    @Override
    public void close() {
        link.announceEnd();
        ingress.drain(DRAIN_LIMIT);
        mesh.ifPresent(open -> open.drain(DRAIN_LIMIT));
        supervisor.close();
        link.close();
        pools.close();
        mesh.ifPresent(Mesh::close);
        logs.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "The network threads did not end cleanly", e);
        }
    }
}

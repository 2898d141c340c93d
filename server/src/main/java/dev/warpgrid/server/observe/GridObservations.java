package dev.warpgrid.server.observe;

import dev.warpgrid.api.DeploymentStatus;
import dev.warpgrid.api.LogListener;
import dev.warpgrid.api.LogQuery;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.api.Subscription;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.Observation;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.control.status.DeploymentHealth;
import dev.warpgrid.control.status.HealthRules;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.InstanceFact;
import dev.warpgrid.server.service.DeploymentObservations;
import dev.warpgrid.server.startup.ServerSettings;
import dev.warpgrid.server.store.StoredDeployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Deployments as agents report them. Answers from memory. */
@Singleton
public class GridObservations implements DeploymentObservations {
    private static final int HTTP_PORT = 80;

    private final GridBoard board;
    private final FactBoard facts;
    private final MetricsBoard metrics;
    private final LogRelay logs;
    private final StatusChanges changes;
    private final int ingressPort;
    private final ConditionClock conditions = new ConditionClock();

    @Inject
    public GridObservations(
            GridBoard board,
            FactBoard facts,
            MetricsBoard metrics,
            LogRelay logs,
            StatusChanges changes,
            ServerSettings settings) {
        this.board = board;
        this.facts = facts;
        this.metrics = metrics;
        this.logs = logs;
        this.changes = changes;
        this.ingressPort = settings.ingressPort();
    }

    @Override
    public DeploymentStatus status(StoredDeployment deployment) {
        GridSnapshot snapshot = board.now();
        conditions.retain(snapshot.deployments().keySet());
        DeploymentIntent intent = snapshot.deployments().get(deployment.id());
        DeploymentHealth health = intent != null && intent.version() == deployment.version()
                ? HealthRules.judge(
                        snapshot,
                        intent,
                        board.last().rows().rollout(intent.id()),
                        board.last().reasons())
                : justChanged(snapshot, deployment.id());
        long restarts = 0;
        for (PlacedInstance instance : snapshot.placementsOf(deployment.id())) {
            Observation seen = instance.observation();
            restarts += seen == null ? 0 : seen.restarts();
        }
        Instant now = board.instant().truncatedTo(ChronoUnit.MILLIS);
        return new DeploymentStatus(
                state(health.level()),
                health.sentence(),
                deployment.revision().number(),
                deployment.revision().instances(),
                health.ready(),
                restarts,
                memoryBytes(deployment.id()),
                urls(deployment),
                conditions.conditions(deployment.id(), health.aspects(), now),
                now);
    }

    @Override
    public MetricsWindow metrics(DeploymentId deployment, int seconds) {
        return metrics.window(deployment, seconds);
    }

    @Override
    public MetricsWindow metrics(Predicate<DeploymentId> wanted, int seconds) {
        return metrics.window(wanted, seconds);
    }

    @Override
    public Subscription logs(DeploymentId deployment, LogQuery query, LogListener listener) {
        return logs.subscribe(deployment, query, listener);
    }

    @Override
    public Subscription onStatusChange(Consumer<DeploymentId> listener) {
        return changes.subscribe(listener);
    }

    /** The controller has not looked at this version yet; what answers is known nevertheless. */
    private static DeploymentHealth justChanged(GridSnapshot snapshot, DeploymentId deployment) {
        int ready = (int) snapshot.placementsOf(deployment).stream()
                .filter(snapshot::isReady)
                .count();
        String sentence = "Its newest change was just taken in; instances are being placed.";
        return new DeploymentHealth(
                DeploymentHealth.Level.PROGRESSING,
                sentence,
                ready,
                List.of(
                        new DeploymentHealth.Aspect("Ready", false, sentence),
                        new DeploymentHealth.Aspect("Placed", false, sentence),
                        new DeploymentHealth.Aspect("UpToDate", false, sentence)));
    }

    private long memoryBytes(DeploymentId deployment) {
        long reported = metrics.memoryBytes(deployment);
        if (reported > 0) {
            return reported;
        }
        long sum = 0;
        for (NodeFacts node : facts.all().values()) {
            for (InstanceFact fact : node.instances().values()) {
                sum += fact.revision().deployment().equals(deployment) ? fact.memoryBytes() : 0;
            }
        }
        return sum;
    }

    private List<String> urls(StoredDeployment deployment) {
        String port = ingressPort == HTTP_PORT ? "" : ":" + ingressPort;
        List<String> urls = new ArrayList<>();
        for (String host : deployment.revision().hosts()) {
            for (String path : deployment.revision().paths()) {
                urls.add("http://" + host + port + path);
            }
        }
        return urls;
    }

    private static DeploymentStatus.State state(DeploymentHealth.Level level) {
        return switch (level) {
            case READY -> DeploymentStatus.State.READY;
            case PROGRESSING -> DeploymentStatus.State.PROGRESSING;
            case DEGRADED -> DeploymentStatus.State.DEGRADED;
            case UNAVAILABLE -> DeploymentStatus.State.UNAVAILABLE;
        };
    }
}

package dev.warpgrid.server.observe;

import dev.warpgrid.api.RolloutView;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.control.rollout.RolloutState;
import dev.warpgrid.control.routing.RevisionShares;
import dev.warpgrid.control.snapshot.DeploymentIntent;
import dev.warpgrid.control.snapshot.GridSnapshot;
import dev.warpgrid.control.snapshot.PlacedInstance;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.server.service.RolloutObservations;
import dev.warpgrid.server.store.StoredDeployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Revisions of a deployment side by side, as agents report them. Answers from memory. */
@Singleton
public class GridRollouts implements RolloutObservations {
    /** Beyond a rollout's own steps, what the last minute says. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final GridBoard board;
    private final MetricsBoard metrics;

    @Inject
    public GridRollouts(GridBoard board, MetricsBoard metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    @Override
    public RolloutView.Side side(DeploymentId deployment, RevisionId revision, RolloutState rollout) {
        GridSnapshot snapshot = board.now();
        int instances = 0;
        int ready = 0;
        SortedMap<RevisionId, Integer> running = new TreeMap<>();
        for (PlacedInstance instance : snapshot.placementsOf(deployment)) {
            boolean answers = snapshot.isReady(instance);
            running.merge(instance.placement().revision(), answers ? 1 : 0, Integer::sum);
            if (instance.placement().revision().equals(revision)) {
                instances++;
                ready += answers ? 1 : 0;
            }
        }
        SortedMap<RevisionId, Integer> shares = running.isEmpty()
                ? running
                : RevisionShares.by(board.last().routes()).of(deployment, running, Collections.emptySortedMap());
        Instant now = board.instant();
        Instant measured = rollout.isUnderWay() ? rollout.measuredSince() : null;
        Instant since = measured == null ? now.minus(RECENT) : measured;
        RevisionMeasure measure = metrics.measure(revision, since);
        double seconds = Math.max(1, Duration.between(since, now).toMillis() / 1000.0);
        return new RolloutView.Side(
                revision.number(),
                instances,
                ready,
                shares.getOrDefault(revision, 0),
                measure.requests(),
                measure.requests() / seconds,
                measure.errorPercent(),
                measure.p99Millis());
    }

    @Override
    public SortedSet<RevisionId> serving(DeploymentId deployment) {
        SortedSet<RevisionId> serving = new TreeSet<>();
        board.now()
                .placementsOf(deployment)
                .forEach(instance -> serving.add(instance.placement().revision()));
        return serving;
    }

    @Override
    public RevisionId runsAs(StoredDeployment deployment) {
        DeploymentIntent intent = board.now().deployments().get(deployment.id());
        return intent == null || intent.version() != deployment.version()
                ? new RevisionId(deployment.id(), deployment.revision().number())
                : intent.current().id();
    }
}

package dev.warpgrid.server.observe;

import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.control.rollout.RevisionMeasure;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of all deployments and of their revisions. Bounded: {@value #MAXIMUM_SERIES} of each, of which the quiet
 * ones go first.
 */
@Singleton
public class MetricsBoard {
    static final int MAXIMUM_SERIES = 512;
    static final int MAXIMUM_POINTS = 300;
    /** A report counts for the second it names, unless the node's clock is further off than this. */
    private static final Duration MAXIMUM_CLOCK_DIFFERENCE = Duration.ofSeconds(5);
    /** The newest seconds are left out of answers: some nodes have not reported them yet. */
    private static final int SETTLING_SECONDS = 1;

    private final Clock clock;
    private final ConcurrentMap<DeploymentId, MetricsSeries> series = new ConcurrentHashMap<>();
    /** Apart, because a rollout compares two revisions of one deployment. */
    private final ConcurrentMap<RevisionId, MetricsSeries> revisionSeries = new ConcurrentHashMap<>();

    private final AtomicLong passedOver = new AtomicLong();

    @Inject
    public MetricsBoard(Clock clock) {
        this.clock = clock;
    }

    public void add(NodeId node, Instant reportedAt, List<RevisionMetrics> revisions) {
        Instant now = clock.instant();
        boolean clocksAgree = Duration.between(reportedAt, now).abs().compareTo(MAXIMUM_CLOCK_DIFFERENCE) <= 0;
        // The report is made at the end of its second.
        long second = (clocksAgree ? reportedAt : now).getEpochSecond() - 1;
        for (RevisionMetrics metrics : revisions) {
            MetricsSeries target = room(series, metrics.revision().deployment(), now);
            if (target == null) {
                passedOver.incrementAndGet();
            } else {
                target.add(node, second, metrics);
            }
            MetricsSeries ofRevision = room(revisionSeries, metrics.revision(), now);
            if (ofRevision != null) {
                ofRevision.add(node, second, metrics);
            }
        }
    }

    /** @param seconds how far back, 1 to 3600 */
    public MetricsWindow window(DeploymentId deployment, int seconds) {
        MetricsSeries found = series.get(deployment);
        return window(found == null ? List.of() : List.of(found), seconds);
    }

    /** The sum of those that {@code wanted} chooses. */
    public MetricsWindow window(Predicate<DeploymentId> wanted, int seconds) {
        return window(
                series.entrySet().stream()
                        .filter(entry -> wanted.test(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList(),
                seconds);
    }

    /** Linear memories of all its instances, as last told; 0 where nothing was told lately. */
    public long memoryBytes(DeploymentId deployment) {
        MetricsSeries found = series.get(deployment);
        return found == null ? 0 : found.memoryBytes(clock.instant().getEpochSecond());
    }

    public void forget(DeploymentId deployment) {
        series.remove(deployment);
        revisionSeries.keySet().removeIf(revision -> revision.deployment().equals(deployment));
    }

    /** Reports there was no room for. */
    public long passedOver() {
        return passedOver.get();
    }

    /** What was counted for one revision in the whole seconds since, at most an hour. */
    public RevisionMeasure measure(RevisionId revision, Instant since) {
        MetricsSeries found = revisionSeries.get(revision);
        if (found == null) {
            return RevisionMeasure.none();
        }
        long end = clock.instant().getEpochSecond();
        // The second in which it began counts for what was before.
        long from = Math.max(since.getEpochSecond() + 1, end - MetricsSeries.SECONDS + 1);
        MetricsSeries.Sum sum = new MetricsSeries.Sum();
        found.addTo(sum, from, end);
        return sum.toMeasure();
    }

    private static <K> @Nullable MetricsSeries room(ConcurrentMap<K, MetricsSeries> all, K key, Instant now) {
        MetricsSeries found = all.get(key);
        if (found == null && all.size() >= MAXIMUM_SERIES) {
            long quietSince = now.getEpochSecond() - MetricsSeries.SECONDS;
            all.values().removeIf(candidate -> !candidate.hasAnySince(quietSince));
            if (all.size() >= MAXIMUM_SERIES) {
                return null;
            }
        }
        return found != null ? found : all.computeIfAbsent(key, _ -> new MetricsSeries());
    }

    private MetricsWindow window(Collection<MetricsSeries> parts, int seconds) {
        int step = Math.max(1, Math.ceilDiv(seconds, MAXIMUM_POINTS));
        int count = Math.max(1, seconds / step);
        long end = clock.instant().getEpochSecond() - SETTLING_SECONDS;
        List<MetricsWindow.Point> points = new ArrayList<>(count);
        for (int i = count; i > 0; i--) {
            long from = end - (long) i * step;
            MetricsSeries.Sum sum = new MetricsSeries.Sum();
            parts.forEach(part -> part.addTo(sum, from, from + step));
            points.add(sum.toPoint(Instant.ofEpochSecond(from + step), step));
        }
        return new MetricsWindow(Duration.ofSeconds(step), points);
    }
}

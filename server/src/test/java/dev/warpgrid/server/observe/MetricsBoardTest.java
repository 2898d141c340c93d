package dev.warpgrid.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.NodeId;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MetricsBoardTest {
    private static final DeploymentId WEB = new DeploymentId("default", "web");
    private static final DeploymentId API = new DeploymentId("default", "api");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000_000));
    private final MetricsBoard board = new MetricsBoard(clock(now::get));

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private void pass(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }

    private static RevisionMetrics metrics(DeploymentId deployment, long requests, long millis, long memoryBytes) {
        long[] counts = new long[LatencyBuckets.COUNT];
        counts[LatencyBuckets.indexOf(Duration.ofMillis(millis).toNanos())] = requests;
        return new RevisionMetrics(
                new RevisionId(deployment, 1), requests, 0, requests / 10, counts, memoryBytes, 1, 2, 0, 0);
    }

    /** Of the newest second that is complete. */
    private MetricsWindow.Point newest(DeploymentId deployment) {
        pass(1);
        return board.window(deployment, 10).points().getLast();
    }

    @Test
    void addsTheNodesOfOneSecond() {
        board.add(N1, now.get(), List.of(metrics(WEB, 90, 1, 100)));
        board.add(N2, now.get(), List.of(metrics(WEB, 10, 100, 50)));
        MetricsWindow.Point point = newest(WEB);
        assertThat(point.requestsPerSecond()).isEqualTo(100);
        assertThat(point.errorsPerSecond()).isEqualTo(10);
        assertThat(point.p50Millis()).isBetween(0.9, 1.2);
        assertThat(point.p95Millis()).isBetween(95.0, 115.0);
        assertThat(point.memoryBytes()).isEqualTo(150);
        assertThat(point.instances()).isEqualTo(4);
        assertThat(point.inFlight()).isEqualTo(2);
    }

    @Test
    void keepsAGaugeThroughASecondWithoutReportAndNoLonger() {
        board.add(N1, now.get(), List.of(metrics(WEB, 1, 1, 100)));
        pass(1);
        board.add(N2, now.get(), List.of(metrics(WEB, 1, 1, 50)));
        assertThat(newest(WEB).memoryBytes()).isEqualTo(150);
        assertThat(board.memoryBytes(WEB)).isEqualTo(150);
        pass(10);
        board.add(N2, now.get(), List.of(metrics(WEB, 1, 1, 50)));
        assertThat(newest(WEB).memoryBytes()).isEqualTo(50);
    }

    @Test
    void answersWithoutGaps() {
        board.add(N1, now.get(), List.of(metrics(WEB, 5, 1, 100)));
        pass(4);
        MetricsWindow window = board.window(WEB, 10);
        assertThat(window.step()).isEqualTo(Duration.ofSeconds(1));
        assertThat(window.points()).hasSize(10);
        assertThat(window.points().stream()
                        .mapToDouble(MetricsWindow.Point::requestsPerSecond)
                        .sum())
                .isEqualTo(5);
        for (int i = 1; i < 10; i++) {
            assertThat(window.points().get(i).at())
                    .isEqualTo(window.points().get(i - 1).at().plusSeconds(1));
        }
        assertThat(board.window(API, 3).points()).hasSize(3).allMatch(point -> point.requestsPerSecond() == 0);
    }

    @Test
    void mergesSecondsOfALongWindowIntoFewerPoints() {
        for (int i = 0; i < 600; i++) {
            board.add(N1, now.get(), List.of(metrics(WEB, 10, 5, 100)));
            pass(1);
        }
        MetricsWindow window = board.window(WEB, 600);
        assertThat(window.step()).isEqualTo(Duration.ofSeconds(2));
        assertThat(window.points()).hasSize(300);
        assertThat(window.points().get(150).requestsPerSecond()).isEqualTo(10);
        assertThat(window.points().get(150).p99Millis()).isBetween(5.0, 5.7);
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        board.add(N1, now.get(), List.of(metrics(WEB, 5, 1, 100)));
        pass(3600);
        board.add(N1, now.get(), List.of(metrics(WEB, 7, 1, 100)));
        pass(1);
        assertThat(board.window(WEB, 3600).points().stream()
                        .mapToDouble(point -> point.requestsPerSecond() * 12)
                        .sum())
                .isEqualTo(7);
    }

    @Test
    void sumsTheWholeGrid() {
        board.add(N1, now.get(), List.of(metrics(WEB, 5, 1, 100), metrics(API, 3, 1, 10)));
        pass(1);
        MetricsWindow.Point point = board.window(any -> true, 5).points().getLast();
        assertThat(point.requestsPerSecond()).isEqualTo(8);
        assertThat(point.memoryBytes()).isEqualTo(110);
    }

    @Test
    void takesItsOwnClockWhereANodesIsFarOff() {
        board.add(N1, now.get().minusSeconds(86_400), List.of(metrics(WEB, 5, 1, 100)));
        assertThat(newest(WEB).requestsPerSecond()).isEqualTo(5);
    }

    @Test
    void keepsNoMoreDeploymentsThanItsLimit() {
        for (int i = 0; i <= MetricsBoard.MAXIMUM_SERIES; i++) {
            board.add(N1, now.get(), List.of(metrics(new DeploymentId("default", "d" + i), 1, 1, 1)));
        }
        assertThat(board.passedOver()).isOne();
        pass(3700);
        board.add(N1, now.get(), List.of(metrics(WEB, 1, 1, 1)));
        assertThat(newest(WEB).requestsPerSecond()).isOne();
    }
}

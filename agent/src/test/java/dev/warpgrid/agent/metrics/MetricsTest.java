package dev.warpgrid.agent.metrics;

import static dev.warpgrid.agent.Samples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.PoolEvents;
import dev.warpgrid.agent.guest.PoolLimits;
import dev.warpgrid.agent.guest.Pools;
import dev.warpgrid.model.InstanceId;
import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import dev.warpgrid.model.WorkloadLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest implements PoolEvents {
    private final Pools pools = new Pools(PoolLimits.of(1));
    private final RevisionCounters counters = new RevisionCounters();
    private final List<MetricsReader.Source> sources = List.of(
            new MetricsReader.Source(revision(3), counters, pools.open(revision(3), WorkloadLimits.defaults(), this)));

    @AfterEach
    void close() {
        pools.close();
    }

    @Override
    public void crashed(InstanceId instance, long incarnation, String reason) {}

    @Override
    public void ended(InstanceId instance, long incarnation) {}

    @Override
    public void callFailed(InstanceId instance, RevisionId revision, CallFailure failure, String id, String detail) {}

    @Test
    void tellsOnlyWhatWasCountedSinceTheLastReading() {
        var reader = new MetricsReader();
        counters.answered(200, 1_000_000);
        counters.answered(404, 2_000_000);
        counters.started();
        RevisionMetrics first = reader.read(sources).getFirst();
        counters.answered(503, 3_000_000);
        RevisionMetrics second = reader.read(sources).getFirst();

        assertThat(first.requests()).isEqualTo(2);
        assertThat(first.clientErrors()).isEqualTo(1);
        assertThat(first.coldStarts()).isEqualTo(1);
        assertThat(second.requests()).isEqualTo(1);
        assertThat(second.serverErrors()).isEqualTo(1);
        assertThat(second.clientErrors()).isZero();
        assertThat(LatencyBuckets.quantileMillis(second.latencyCounts(), 0.5)).isBetween(3.0, 3.4);
    }

    @Test
    void writesPrometheusTextWithCumulativeBuckets() {
        counters.answered(200, 1_000_000);
        counters.answered(500, 100_000_000);
        String text = new PrometheusText()
                .info("warpgrid_agent_info", "This agent.", "node", "a\"b")
                .gauge("warpgrid_up", "Up.", 1)
                .revisions(sources)
                .toString();

        String labels = "namespace=\"default\",deployment=\"hello\",revision=\"3\"";
        assertThat(text)
                .contains("warpgrid_agent_info{node=\"a\\\"b\"} 1\n")
                .contains("# TYPE warpgrid_requests_total counter\n")
                .contains("warpgrid_requests_total{" + labels + "} 2\n")
                .contains("warpgrid_request_errors_total{" + labels + ",class=\"5xx\"} 1\n")
                .contains("warpgrid_request_duration_seconds_bucket{" + labels + ",le=\"5.12E-4\"} 0\n")
                .contains("warpgrid_request_duration_seconds_bucket{" + labels + ",le=\"0.001024\"} 1\n")
                .contains("warpgrid_request_duration_seconds_bucket{" + labels + ",le=\"+Inf\"} 2\n")
                .contains("warpgrid_request_duration_seconds_count{" + labels + "} 2\n")
                .contains("warpgrid_request_duration_seconds_sum{" + labels + "} 0.101\n");
    }
}

package dev.warpgrid.agent.metrics;

import dev.warpgrid.model.LatencyBuckets;
import dev.warpgrid.model.RevisionId;
import java.util.List;

/** The Prometheus text format, version 0.0.4. */
public final class PrometheusText {
    // Bounds that fall on powers of two microseconds, from 64 µs to a minute.
    private static final int FIRST_BOUND = 8 * 4 - 1;
    private static final int LAST_BOUND = 8 * 24 - 1;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder text = new StringBuilder(4096);

    /** A family without labels. */
    public PrometheusText gauge(String name, String help, Number value) {
        head(name, help, "gauge");
        sample(name, "", value);
        return this;
    }

    public PrometheusText counter(String name, String help, Number value) {
        head(name, help, "counter");
        sample(name, "", value);
        return this;
    }

    /** A family whose one sample is 1 and whose labels tell. */
    public PrometheusText info(String name, String help, String... labels) {
        head(name, help, "gauge");
        sample(name, labels(labels), 1);
        return this;
    }

    /** What one other node was sent. */
    public record PeerSample(String node, int inFlight, long sent, long failed) {}

    /** All families of all other nodes. */
    public PrometheusText peers(List<PeerSample> peers) {
        head("warpgrid_forwarded_requests_total", "Requests sent to another node.", "counter");
        peers.forEach(each -> sample("warpgrid_forwarded_requests_total", labels("peer", each.node()), each.sent()));
        head("warpgrid_forward_failures_total", "Connections to another node that failed or broke.", "counter");
        peers.forEach(each -> sample("warpgrid_forward_failures_total", labels("peer", each.node()), each.failed()));
        head("warpgrid_forwarded_requests_in_flight", "Requests another node is answering.", "gauge");
        peers.forEach(
                each -> sample("warpgrid_forwarded_requests_in_flight", labels("peer", each.node()), each.inFlight()));
        return this;
    }

    /** All families of all revisions. */
    public PrometheusText revisions(List<MetricsReader.Source> sources) {
        head("warpgrid_requests_total", "Requests answered.", "counter");
        sources.forEach(each -> sample(
                "warpgrid_requests_total", of(each), each.counters().totals().requests()));
        head("warpgrid_request_errors_total", "Requests answered with 4xx or 5xx.", "counter");
        sources.forEach(each -> {
            var totals = each.counters().totals();
            sample("warpgrid_request_errors_total", of(each, "class", "4xx"), totals.clientErrors());
            sample("warpgrid_request_errors_total", of(each, "class", "5xx"), totals.serverErrors());
        });
        head("warpgrid_instance_starts_total", "Instances made.", "counter");
        sources.forEach(each -> sample(
                "warpgrid_instance_starts_total",
                of(each),
                each.counters().totals().starts()));
        loads(sources);
        head(
                "warpgrid_request_duration_seconds",
                "From the request's head to the last byte handed to the socket.",
                "histogram");
        sources.forEach(this::histogram);
        return this;
    }

    private void loads(List<MetricsReader.Source> sources) {
        head("warpgrid_instances", "Instances that answer.", "gauge");
        sources.forEach(each ->
                sample("warpgrid_instances", of(each), each.pool().load().instances()));
        head("warpgrid_requests_in_flight", "Requests running or waiting.", "gauge");
        sources.forEach(each -> sample(
                "warpgrid_requests_in_flight", of(each), each.pool().load().inFlight()));
        head("warpgrid_guest_memory_bytes", "Linear memories of the instances.", "gauge");
        sources.forEach(each -> sample(
                "warpgrid_guest_memory_bytes", of(each), each.pool().load().memoryBytes()));
        head("warpgrid_guest_cpu_seconds_total", "Processor time on guest threads.", "counter");
        sources.forEach(each -> sample(
                "warpgrid_guest_cpu_seconds_total", of(each), each.pool().load().cpuNanos() / NANOS_PER_SECOND));
    }

    private void histogram(MetricsReader.Source source) {
        var totals = source.counters().totals();
        long[] counts = totals.latencies();
        long cumulative = 0;
        for (int i = 0; i < counts.length; i++) {
            cumulative += counts[i];
            if (i >= FIRST_BOUND && i <= LAST_BOUND && (i + 1) % 8 == 0) {
                String bound = Double.toString(LatencyBuckets.upperBoundMicros(i) / MICROS_PER_SECOND);
                sample("warpgrid_request_duration_seconds_bucket", of(source, "le", bound), cumulative);
            }
        }
        sample("warpgrid_request_duration_seconds_bucket", of(source, "le", "+Inf"), cumulative);
        sample("warpgrid_request_duration_seconds_sum", of(source), totals.nanos() / NANOS_PER_SECOND);
        sample("warpgrid_request_duration_seconds_count", of(source), cumulative);
    }

    private static String of(MetricsReader.Source source, String... more) {
        RevisionId revision = source.revision();
        String[] labels = new String[6 + more.length];
        labels[0] = "namespace";
        labels[1] = revision.deployment().namespace();
        labels[2] = "deployment";
        labels[3] = revision.deployment().name();
        labels[4] = "revision";
        labels[5] = Integer.toString(revision.number());
        System.arraycopy(more, 0, labels, 6, more.length);
        return labels(labels);
    }

    private static String labels(String... namesAndValues) {
        var labels = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.append(i == 0 ? "" : ",")
                    .append(namesAndValues[i])
                    .append("=\"")
                    .append(namesAndValues[i + 1]
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        return labels.append('}').toString();
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, Number value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

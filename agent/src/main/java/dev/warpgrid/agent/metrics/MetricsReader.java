package dev.warpgrid.agent.metrics;

import dev.warpgrid.agent.guest.RevisionPool;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.RevisionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns totals into what was counted since the last reading. One thread. */
public final class MetricsReader {
    private record Reading(RevisionCounters.Totals totals, long cpuNanos) {}

    /** What is read of one revision. */
    public record Source(RevisionId revision, RevisionCounters counters, RevisionPool pool) {}

    private Map<RevisionId, Reading> last = new TreeMap<>();

    public List<RevisionMetrics> read(List<Source> sources) {
        Map<RevisionId, Reading> now = new TreeMap<>();
        List<RevisionMetrics> metrics = new ArrayList<>(sources.size());
        for (Source source : sources) {
            var load = source.pool().load();
            var reading = new Reading(source.counters().totals(), load.cpuNanos());
            Reading before = last.get(source.revision());
            var counted = before == null ? reading.totals() : reading.totals().minus(before.totals());
            now.put(source.revision(), reading);
            metrics.add(new RevisionMetrics(
                    source.revision(),
                    counted.requests(),
                    counted.clientErrors(),
                    counted.serverErrors(),
                    counted.latencies(),
                    load.memoryBytes(),
                    load.inFlight(),
                    load.instances(),
                    counted.starts(),
                    reading.cpuNanos() - (before == null ? 0 : before.cpuNanos())));
        }
        last = now;
        return metrics;
    }
}

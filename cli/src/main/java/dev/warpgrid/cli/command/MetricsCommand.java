package dev.warpgrid.cli.command;

import com.google.gson.JsonElement;
import dev.warpgrid.api.MetricsWindow;
import dev.warpgrid.cli.client.Deployer;
import dev.warpgrid.cli.client.GridClient;
import dev.warpgrid.cli.output.Human;
import dev.warpgrid.cli.output.Table;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "metrics", description = "Shows requests, latencies and memory of a deployment, or of the whole grid.")
final class MetricsCommand extends NamespacedCommand {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int WIDTH = 40;
    private static final int LONGEST_SECONDS = 3600;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the deployment.")
    private @Nullable String name;

    @Option(names = "--last", paramLabel = "TIME", description = "How far back, at most 1h; 5m by default.")
    private String last = "5m";

    @Override
    public Integer call() {
        Duration window = Durations.parse("--last", last);
        long seconds = Math.clamp(window.toSeconds(), 1, LONGEST_SECONDS);
        String path = name == null ? "/metrics" : Deployer.deploymentPath(namespace(), name) + "/metrics";
        JsonElement answer = client().get(path + "?seconds=" + seconds);
        if (json()) {
            answerJson(answer);
            return done();
        }
        List<MetricsWindow.Point> points =
                GridClient.decode(answer, MetricsWindow.class).points();
        if (points.isEmpty()) {
            console().note("Nothing was measured in that time.");
            return done();
        }
        Table table = new Table(
                "MEASURE",
                "NOW",
                "MEAN",
                "PEAK",
                "LAST " + Human.elapsed(Duration.ofSeconds(seconds)).toUpperCase(java.util.Locale.ROOT));
        row(table, points, "requests/s", MetricsWindow.Point::requestsPerSecond);
        row(table, points, "errors/s", MetricsWindow.Point::errorsPerSecond);
        row(table, points, "p50 ms", MetricsWindow.Point::p50Millis);
        row(table, points, "p95 ms", MetricsWindow.Point::p95Millis);
        row(table, points, "p99 ms", MetricsWindow.Point::p99Millis);
        row(table, points, "memory MiB", point -> point.memoryBytes() / 1048576.0);
        row(table, points, "instances", MetricsWindow.Point::instances);
        row(table, points, "in flight", MetricsWindow.Point::inFlight);
        row(table, points, "cold starts", MetricsWindow.Point::coldStarts);
        table.print(console());
        return done();
    }

    private static void row(
            Table table, List<MetricsWindow.Point> points, String label, ToDoubleFunction<MetricsWindow.Point> value) {
        double peak = points.stream().mapToDouble(value).max().orElse(0);
        table.cell(label)
                .cell(Human.number(value.applyAsDouble(points.getLast())))
                .cell(Human.number(points.stream().mapToDouble(value).average().orElse(0)))
                .cell(Human.number(peak))
                .cell(curve(points, value, peak));
    }

    /** The highest of each group of points, so that no peak disappears. */
    private static String curve(
            List<MetricsWindow.Point> points, ToDoubleFunction<MetricsWindow.Point> value, double peak) {
        int width = Math.min(WIDTH, points.size());
        StringBuilder curve = new StringBuilder();
        for (int i = 0; i < width; i++) {
            double high = points.subList(i * points.size() / width, (i + 1) * points.size() / width).stream()
                    .mapToDouble(value)
                    .max()
                    .orElse(0);
            curve.append(BARS.charAt(peak == 0 ? 0 : (int) Math.ceil(high / peak * (BARS.length() - 1))));
        }
        return curve.toString().stripTrailing();
    }
}

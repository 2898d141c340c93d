package dev.warpgrid.ui.preview;

import dev.warpgrid.api.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Measures as a function of time, so that any window of the past can be asked for. */
final class PreviewTraffic {
    private final int seed;
    private final double load;
    private final SplittableRandom random;

    PreviewTraffic(int seed, double load) {
        this.seed = seed;
        this.load = load;
        this.random = new SplittableRandom(seed);
    }

    synchronized int nextIn(int bound) {
        return random.nextInt(bound);
    }

    MetricsWindow window(int seconds, int instances) {
        int step = Math.max(1, seconds / 300);
        long last = Instant.now().getEpochSecond() / step * step;
        List<MetricsWindow.Point> points = new ArrayList<>();
        for (long at = last - seconds + step; at <= last; at += step) {
            points.add(point(at, instances));
        }
        return new MetricsWindow(Duration.ofSeconds(step), points);
    }

    MetricsWindow.Point point(long second, int instances) {
        double wave = 1 + 0.28 * Math.sin(second / 210.0 + seed % 7) + 0.12 * Math.sin(second / 37.0 + seed % 13);
        double requests = load * wave * (0.94 + 0.12 * noise(second));
        double burst = noise(second / 90) > 0.93 ? 0.03 : 0.0008;
        double errors = requests * burst * noise(second + 7);
        double p50 = load == 0 ? 0 : 2.1 + (seed & 7) * 0.6 + noise(second + 1) * 0.8;
        double p95 = p50 * (2.4 + 0.8 * noise(second + 2));
        double p99 = p95 * (1.5 + 1.3 * noise(second / 5 + 3)) + (burst > 0.01 ? 25 : 0);
        long memory =
                (long) (instances * (21_000_000 + 3_000_000 * Math.sin(second / 160.0) + 600_000 * noise(second)));
        return new MetricsWindow.Point(
                Instant.ofEpochSecond(second),
                requests,
                errors,
                p50,
                p95,
                p99,
                memory,
                instances,
                (int) (requests / 200),
                0);
    }

    private double noise(long at) {
        return new SplittableRandom(seed * 31L + at).nextDouble();
    }
}

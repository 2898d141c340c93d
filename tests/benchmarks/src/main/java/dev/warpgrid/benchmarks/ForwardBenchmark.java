package dev.warpgrid.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The sample through a node that does not run it, against the node that does, in turns of the same run.
 *
 * <p>Arguments: ingress port and process id of the node that runs it, the same of the other, rounds, seconds.
 */
public final class ForwardBenchmark {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 15;
    private static final String HOST = "hello.default.localhost";

    private ForwardBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        String localUrl = "http://127.0.0.1:" + arguments[0] + "/health";
        long local = Long.parseLong(arguments[1]);
        String otherUrl = "http://127.0.0.1:" + arguments[2] + "/health";
        long other = Long.parseLong(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        int seconds = Integer.parseInt(arguments[5]);
        List<WrkRun> direct = new ArrayList<>();
        List<WrkRun> forwarded = new ArrayList<>();
        WrkRun.of(local, localUrl, HOST, CONNECTIONS, WARM_UP_SECONDS);
        WrkRun.of(other, otherUrl, HOST, CONNECTIONS, WARM_UP_SECONDS);
        for (int round = 1; round <= rounds; round++) {
            direct.add(WrkRun.of(local, localUrl, HOST, CONNECTIONS, seconds));
            System.out.println("on its node      " + direct.getLast());
            forwarded.add(WrkRun.of(other, otherUrl, HOST, CONNECTIONS, seconds));
            System.out.println("by another node  " + forwarded.getLast());
        }
        System.out.printf(
                Locale.ROOT,
                "ratio of medians, by another node to on its node: requests/s %.2f, p99 %.2f; CPU of the forwarding"
                        + " node for each request %.1f us, of the node itself %.1f us%n",
                median(forwarded, WrkRun::requestsPerSecond) / median(direct, WrkRun::requestsPerSecond),
                median(forwarded, WrkRun::p99Millis) / median(direct, WrkRun::p99Millis),
                median(forwarded, WrkRun::cpuMicrosPerRequest),
                median(direct, WrkRun::cpuMicrosPerRequest));
    }

    private static double median(List<WrkRun> runs, ToDoubleFunction<WrkRun> figure) {
        List<Double> sorted = runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}

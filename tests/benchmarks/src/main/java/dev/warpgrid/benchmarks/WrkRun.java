package dev.warpgrid.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of {@code wrk} and what the loaded process used meanwhile.
 *
 * @param cpuMicrosPerRequest processor time of the server's process divided by the requests answered
 */
record WrkRun(double requestsPerSecond, double p99Millis, double cpuMicrosPerRequest, long failures) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern FAILURES = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    /** USER_HZ of every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    static WrkRun of(long pid, String url, String host, int connections, int seconds)
            throws IOException, InterruptedException {
        long ticksBefore = cpuTicks(pid);
        Process wrk = new ProcessBuilder(List.of(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--latency",
                        "-H",
                        "Host: " + host,
                        url))
                .redirectErrorStream(true)
                .start();
        String out = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) {
            throw new IOException("wrk failed: " + out);
        }
        double cpuMicros = (cpuTicks(pid) - ticksBefore) / TICKS_PER_SECOND * 1e6;
        double requests = number(REQUESTS, out);
        return new WrkRun(number(RATE, out), p99(out), cpuMicros / Math.max(1, requests), failures(out));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%8.0f requests/s  p99 %7.2f ms  %6.1f µs CPU per request  %d failed",
                requestsPerSecond,
                p99Millis,
                cpuMicrosPerRequest,
                failures);
    }

    private static long failures(String out) {
        Matcher socket = SOCKET.matcher(out);
        long sum = 0;
        if (socket.find()) {
            for (int i = 1; i <= 4; i++) {
                sum += Long.parseLong(socket.group(i));
            }
        }
        Matcher status = FAILURES.matcher(out);
        return sum + (status.find() ? Long.parseLong(status.group(1)) : 0);
    }

    private static double p99(String out) {
        Matcher match = P99.matcher(out);
        if (!match.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(match.group(1));
        return switch (match.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }

    private static double number(Pattern pattern, String out) {
        Matcher match = pattern.matcher(out);
        if (!match.find()) {
            throw new IllegalStateException("wrk printed nothing that matches " + pattern + ": " + out);
        }
        return Double.parseDouble(match.group(1));
    }

    private static long cpuTicks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        List<String> fields = Pattern.compile(" ")
                .splitAsStream(stat.substring(stat.lastIndexOf(')') + 2))
                .toList();
        return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }
}

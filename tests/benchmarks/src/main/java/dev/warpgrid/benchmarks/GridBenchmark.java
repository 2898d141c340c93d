package dev.warpgrid.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The sample through the ingress of a running grid, against {@link PlainServer} in the same run, in turns; and the agent's
 * resident memory with 1 and with 1,000 instances.
 *
 * <p>Arguments: ingress port, agent's process id, class path of the reference, the {@code warp} launcher, rounds, seconds.
 */
public final class GridBenchmark {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 25;
    private static final int REFERENCE_PORT = 18_080;
    private static final String HOST = "hello.default.localhost";

    private final int ingressPort;
    private final long agent;
    private final String classPath;
    private final Path warp;
    private final int rounds;
    private final int seconds;

    private GridBenchmark(String[] arguments) {
        ingressPort = Integer.parseInt(arguments[0]);
        agent = Long.parseLong(arguments[1]);
        classPath = arguments[2];
        warp = Path.of(arguments[3]);
        rounds = Integer.parseInt(arguments[4]);
        seconds = Integer.parseInt(arguments[5]);
    }

    public static void main(String[] arguments) throws Exception {
        GridBenchmark benchmark = new GridBenchmark(arguments);
        benchmark.throughput();
        benchmark.density();
    }

    private void throughput() throws Exception {
        String path = "/health";
        int length = body(path).getBytes(StandardCharsets.UTF_8).length;
        Process reference = reference(length);
        try {
            List<WrkRun> plain = new ArrayList<>();
            List<WrkRun> grid = new ArrayList<>();
            String plainUrl = "http://127.0.0.1:" + REFERENCE_PORT + path;
            String gridUrl = "http://127.0.0.1:" + ingressPort + path;
            // Both compile as they go, the agent its guests' code too; what is measured is what they come to.
            WrkRun.of(reference.pid(), plainUrl, HOST, CONNECTIONS, seconds);
            WrkRun.of(agent, gridUrl, HOST, CONNECTIONS, WARM_UP_SECONDS);
            for (int round = 1; round <= rounds; round++) {
                plain.add(WrkRun.of(reference.pid(), plainUrl, HOST, CONNECTIONS, seconds));
                System.out.println("plain Vert.x     " + plain.getLast());
                grid.add(WrkRun.of(agent, gridUrl, HOST, CONNECTIONS, seconds));
                System.out.println("sample, ingress  " + grid.getLast());
            }
            System.out.printf(
                    Locale.ROOT,
                    "ratio of medians to plain Vert.x: requests/s %.2f, p99 %.2f, CPU per request %.2f%n",
                    median(grid, WrkRun::requestsPerSecond) / median(plain, WrkRun::requestsPerSecond),
                    median(grid, WrkRun::p99Millis) / median(plain, WrkRun::p99Millis),
                    median(grid, WrkRun::cpuMicrosPerRequest) / median(plain, WrkRun::cpuMicrosPerRequest));
        } finally {
            reference.destroy();
        }
    }

    private void density() throws Exception {
        deploy(1);
        double one = residentMegabytes();
        deploy(1000);
        double thousand = residentMegabytes();
        System.out.printf(
                Locale.ROOT,
                "agent's resident memory: %.0f MB with 1 instance, %.0f MB with 1,000: %.0f MB more%n",
                one,
                thousand,
                thousand - one);
    }

    /** Returns when all of them answer. */
    private void deploy(int instances) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        warp.toString(),
                        "deploy",
                        warp.resolveSibling("examples/hello/hello.wasm").toString(),
                        "--name",
                        "density",
                        "--memory",
                        "1MiB",
                        "--instances",
                        Integer.toString(instances))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("warp deploy failed: " + out);
        }
    }

    private double residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(agent), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        }
    }

    private String body(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingressPort + path))
                            .header("Host", HOST)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("The sample answers " + answer.statusCode() + " at " + path + ".");
            }
            return answer.body();
        }
    }

    private Process reference(int length) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        PlainServer.class.getName(),
                        Integer.toString(REFERENCE_PORT),
                        Integer.toString(Runtime.getRuntime().availableProcessors()),
                        Integer.toString(length))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String first = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (first == null || !first.startsWith("READY")) {
            process.destroy();
            throw new IOException("The reference server did not start.");
        }
        return process;
    }

    private static double median(List<WrkRun> runs, java.util.function.ToDoubleFunction<WrkRun> figure) {
        List<Double> sorted = runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}

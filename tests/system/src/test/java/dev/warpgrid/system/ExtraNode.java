package dev.warpgrid.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One more node of a grid: an agent of its own home and ports, which joins with a token as on another machine. */
final class ExtraNode implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Path log;
    private final int healthPort;
    private final int ingressPort;

    private ExtraNode(String name, Process process, Path log, int ingressPort, int healthPort) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.ingressPort = ingressPort;
        this.healthPort = healthPort;
    }

    /** Returns when the node takes requests and has compiled its way of one. */
    static ExtraNode start(Grid grid, String name) throws IOException {
        Path home = Files.createTempDirectory("warpgrid-node-" + name);
        Path token = home.resolve("token");
        Files.writeString(
                token,
                grid.warp("nodes", "join-token", "-o", "json")
                        .succeeded()
                        .json()
                        .get("token")
                        .getAsString());
        List<Integer> ports = Grid.freePorts(3);
        Path log = home.resolve("agent.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@jvm.options",
                        "-cp",
                        "lib/*",
                        "dev.warpgrid.agent.Main",
                        "--home",
                        home.resolve("agent").toString(),
                        "--server",
                        "localhost:" + grid.agentPort(),
                        "--join-token-file",
                        token.toString(),
                        "--node-name",
                        name,
                        "--memory",
                        "8GiB",
                        "--ingress-host",
                        "127.0.0.1",
                        "--ingress-port",
                        ports.get(0).toString(),
                        "--health-port",
                        ports.get(1).toString(),
                        "--mesh-port",
                        ports.get(2).toString())
                .directory(Grid.root().resolve("agent/target/dist").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ExtraNode node = new ExtraNode(name, process, log, ports.get(0), ports.get(1));
        Await.until(
                "node " + name + " to be ready; see " + log,
                START,
                node::health,
                health -> health.get("ready").getAsBoolean()
                        && health.get("connected").getAsBoolean());
        return node;
    }

    private JsonObject health() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonParser.parseString(http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + healthPort + "/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .getAsJsonObject();
        }
    }

    String name() {
        return name;
    }

    int ingressPort() {
        return ingressPort;
    }

    /** SIGTERM; returns its exit code. */
    int end() {
        process.destroy();
        return await();
    }

    private int await() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Node " + name + " did not end; see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }
}

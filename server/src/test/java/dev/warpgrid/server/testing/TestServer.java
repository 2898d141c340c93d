package dev.warpgrid.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server as it is shipped: the runtime and the WAR of {@code target/dist}, in a process of its own. */
public final class TestServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(5);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path folder;
    private final Process process;
    private final int httpsPort;
    private final int httpPort;

    private TestServer(Path folder, Process process, int httpsPort, int httpPort) {
        this.folder = folder;
        this.process = process;
        this.httpsPort = httpsPort;
        this.httpPort = httpPort;
    }

    /** Starts and returns at once; see {@link #awaitReady}. */
    public static TestServer start(TestPostgres postgres, String database) {
        try {
            Path dist =
                    Path.of(System.getProperty("warpgrid.dist", "target/dist")).toAbsolutePath();
            Path folder = Files.createTempDirectory("warpgrid-server");
            Path server = Files.createDirectories(folder.resolve("user/servers/warpgrid"));
            copy(dist.resolve("config"), server);
            Files.createDirectories(server.resolve("apps"));
            Files.createSymbolicLink(server.resolve("apps/warpgrid.war"), dist.resolve("apps/warpgrid.war"));
            Files.createSymbolicLink(server.resolve("jdbc"), dist.resolve("jdbc"));
            int https = TestPostgres.freePort();
            int http = TestPostgres.freePort();
            ProcessBuilder builder =
                    new ProcessBuilder(dist.resolve("wlp/bin/server").toString(), "run", "warpgrid");
            builder.environment().keySet().removeIf(name -> name.startsWith("WARPGRID_"));
            builder.environment()
                    .putAll(Map.ofEntries(
                            Map.entry("JAVA_HOME", System.getProperty("java.home")),
                            Map.entry("WLP_USER_DIR", folder.resolve("user").toString()),
                            Map.entry(
                                    "WARPGRID_SERVER_HOME",
                                    folder.resolve("home").toString()),
                            Map.entry("WARPGRID_DB_HOST", "127.0.0.1"),
                            Map.entry("WARPGRID_DB_PORT", Integer.toString(postgres.port())),
                            Map.entry("WARPGRID_DB_NAME", database),
                            Map.entry("WARPGRID_DB_USER", postgres.user()),
                            Map.entry("WARPGRID_DB_PASSWORD", postgres.password()),
                            Map.entry("WARPGRID_HTTPS_PORT", Integer.toString(https)),
                            Map.entry("WARPGRID_HTTP_PORT", Integer.toString(http)),
                            Map.entry("WARPGRID_AGENT_PORT", Integer.toString(TestPostgres.freePort()))));
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            return new TestServer(folder, process, https, http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("https://localhost:" + httpsPort + path);
    }

    public Path home() {
        return folder.resolve("home");
    }

    public String adminPassword() {
        try {
            return Files.readString(home().resolve("initial-admin-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestServer awaitReady() {
        awaitHealth(200);
        return this;
    }

    /** Waits until the readiness check answers with {@code status}. */
    public void awaitHealth(int status) {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        int seen = 0;
        while (System.nanoTime() < deadline) {
            seen = health();
            if (seen == status) {
                return;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended by itself:\n" + log());
            }
            pause();
        }
        throw new IllegalStateException(
                "/health/ready answered " + seen + " and not " + status + " within " + START_DEADLINE + ":\n" + log());
    }

    private int health() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // The launcher is a shell script; the JVM is its child.
        process.descendants().forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}

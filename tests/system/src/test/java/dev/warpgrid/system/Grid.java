package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A grid of its own: own data folder, own ports, started and stopped with {@code ./warp} as a user does it. */
final class Grid implements AutoCloseable {
    private static final Duration COMMAND_DEADLINE = Duration.ofMinutes(15);

    private final Path data;
    private final List<String> ports;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private JsonObject addresses = new JsonObject();

    Grid(Path data) {
        this.data = data;
        this.ports = freePorts(
                "--https-port",
                "--http-port",
                "--agent-port",
                "--ingress-port",
                "--health-port",
                "--postgres-port",
                "--mesh-port");
    }

    /** What a finished command left. */
    record Result(int exitCode, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        Result succeeded() {
            assertThat(exitCode).as("exit code; standard error: %s", err).isZero();
            return this;
        }
    }

    /** {@code warp up --detach}, again and again if asked: it finds what runs and starts what does not. */
    JsonObject up(String... more) {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "-o", "json"));
        command.addAll(ports);
        command.addAll(List.of(more));
        addresses = warp(command.toArray(String[]::new)).succeeded().json();
        return addresses;
    }

    Result warp(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(root().resolve("warp").toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("warp", ".out");
            Path err = Files.createTempFile("warp", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(root().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("WARPGRID_DATA", data.toString());
            Process process = builder.start();
            if (!process.waitFor(COMMAND_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "warp " + String.join(" ", arguments) + " did not end: " + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request through the ingress, for a host that need not resolve. */
    HttpResponse<String> get(String host, String path) throws IOException, InterruptedException {
        return get(host, path, Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String host, String path, Duration timeout) throws IOException, InterruptedException {
        return getAt(ingressPort(), host, path, timeout);
    }

    int ingressPort() {
        return URI.create(address("ingress")).getPort();
    }

    /** Where agents join. */
    int agentPort() {
        return Integer.parseInt(ports.get(ports.indexOf("--agent-port") + 1));
    }

    /** A request through the ingress of any node. */
    HttpResponse<String> getAt(int port, String host, String path, Duration timeout)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", host + ":" + port)
                        .timeout(timeout)
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String host, String path, byte[] body) throws IOException, InterruptedException {
        URI ingress = URI.create(address("ingress"));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingress.getPort() + path))
                        .header("Host", host + ":" + ingress.getPort())
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    String awaitAnswer(String host, String path, int status) {
        return Await.until(
                        host + path + " to answer " + status,
                        Duration.ofSeconds(60),
                        () -> get(host, path),
                        answer -> answer.statusCode() == status)
                .body();
    }

    JsonObject addresses() {
        return addresses;
    }

    /** @param name {@code dashboard}, {@code api}, {@code ingress}, {@code user}, {@code password} or {@code dataDir} */
    String address(String name) {
        return addresses.get(name).getAsString();
    }

    private static JsonObject read(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return data;
    }

    /** @param process {@code agent}, {@code server} or {@code postgres} */
    ProcessHandle process(String process) {
        JsonElement part = read(data.resolve("grid.json")).get(process);
        long pid = part == null ? 0 : part.getAsJsonObject().get("pid").getAsLong();
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("no process " + process + " with id " + pid));
    }

    /** Ends a process of this grid at once, as a power cut would. */
    void kill(String process) {
        ProcessHandle handle = process(process);
        handle.descendants().forEach(ProcessHandle::destroyForcibly);
        handle.destroyForcibly();
        Await.until(process + " to be gone", Duration.ofSeconds(10), handle::isAlive, alive -> !alive);
    }

    List<ProcessHandle> processes() {
        return List.of(process("agent"), process("server"), process("postgres"));
    }

    @Override
    public void close() {
        Result down = warp("down");
        assertThat(down.exitCode()).as("warp down: %s", down.err()).isZero();
    }

    static Path root() {
        return Path.of(System.getProperty("warpgrid.root", "../.."));
    }

    private static List<String> freePorts(String... options) {
        List<Integer> free = freePorts(options.length);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < options.length; i++) {
            arguments.add(options[i]);
            arguments.add(free.get(i).toString());
        }
        return arguments;
    }

    static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> free = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0);
                held.add(socket);
                free.add(socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return free;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

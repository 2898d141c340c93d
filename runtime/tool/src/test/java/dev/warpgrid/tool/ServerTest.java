package dev.warpgrid.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest {
    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", "../.."));
    private static final CoreEngine ENGINE = GraalWasmEngine.create();

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable HttpServer listener;

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.stop(0);
        }
    }

    private HttpServer serve(String file) throws IOException {
        HttpProgram program =
                HttpProgram.link(ENGINE, Files.readAllBytes(ROOT.resolve(file)), InstanceLimits.defaults());
        WasiConfig config = WasiConfig.builder().environment("WHO", "tool").build();
        PrintStream notes = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        HttpServer started = Server.start(program, config, 0, notes);
        listener = started;
        return started;
    }

    private HttpResponse<String> send(HttpServer server, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.getAddress().getPort() + path));
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesAComponent() throws IOException, InterruptedException {
        HttpServer server = serve("examples/hello/hello.wasm");
        HttpResponse<String> answer = send(server, "/", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("Hello, tool!");
        String large = "some bytes ".repeat(20_000);
        assertThat(send(server, "/echo", large).body()).isEqualTo(large);
        assertThat(send(server, "/nothing", null).statusCode()).isEqualTo(404);
    }

    @Test
    void servesAModuleAsACgiProgram() throws IOException, InterruptedException {
        HttpServer server = serve("tests/guests/c/command.wasm");
        HttpResponse<String> answer = send(server, "/x?y=z", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines()).contains("PATH_INFO=/x", "QUERY_STRING=y=z", "WHO=tool");
        assertThat(send(server, "/echo", "body").body()).isEqualTo("body");
    }

    @Test
    void saysWhyAGuestGaveNoAnswerAndGoesOn() throws IOException, InterruptedException {
        HttpServer server = serve("tests/guests/c/command.wasm");
        HttpResponse<String> refused = send(server, "/trap", null);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("trapped");
        assertThat(send(server, "/missing", null).statusCode()).isEqualTo(404);
    }
}

package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
    private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
    private static final String PATH = "/namespaces/shop/deployments/app";
    private static final String ARTIFACTS = "/namespaces/shop/artifacts";

    @TempDir
    private Path home;

    private final FakeGrid grid = open();
    private String digest = "";

    private static FakeGrid open() {
        try {
            return FakeGrid.plain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void write() throws Exception {
        Files.write(home.resolve("app.wasm"), COMPONENT);
        digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(COMPONENT));
        Files.writeString(home.resolve("warp.toml"), """
                artifact = "app.wasm"

                [package]
                name = "app"
                namespace = "shop"

                [instances]
                min = 2
                """);
        grid.on(
                "POST " + ARTIFACTS,
                201,
                "{\"digest\":\"" + digest + "\",\"namespace\":\"shop\",\"sizeBytes\":8,\"imports\":[],\"exports\":[],"
                        + "\"uploadedAt\":\"2026-03-01T12:00:00Z\",\"uploadedBy\":\"admin\"}");
    }

    @AfterEach
    void close() {
        grid.close();
    }

    private String deployment() {
        return """
                {"metadata":{"name":"app","namespace":"shop","generation":4,"resourceVersion":"v9"},
                 "spec":{"artifact":"%s"},
                 "status":{"state":"READY","sentence":"All 2 instances answer.","revision":4,"desiredInstances":2,"readyInstances":2,
                  "urls":["http://app.shop.localhost:8080/"],"conditions":[],"observedAt":"2026-03-01T12:00:00Z"}}""".formatted(digest);
    }

    private String result(String outcome, String changes) {
        return "{\"outcome\":\"" + outcome + "\",\"deployment\":" + deployment() + ",\"changes\":" + changes + "}";
    }

    private WarpRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-f", home.toString()));
        return WarpRun.against(grid, home, all.toArray(String[]::new));
    }

    @Test
    void appliesWhatTheFileSaysAndNothingElse() {
        grid.on("GET " + PATH, 200, deployment()).on("PUT " + PATH, 200, result("UPDATED", "[]"));

        WarpRun run = run("apply");

        assertThat(run.err()).contains("shop/app is updated.", "Ready: 2 instances of revision 4.");
        assertThat(run.out()).isEqualTo("http://app.shop.localhost:8080/\n");
        assertThat(run.status()).isZero();
        assertThat(grid.only("PUT").header("If-Match")).isEqualTo("\"v9\"");
        assertThat(JsonParser.parseString(grid.only("PUT").text()))
                .hasToString("{\"metadata\":{\"name\":\"app\",\"namespace\":\"shop\"},\"spec\":{\"artifact\":\""
                        + digest + "\",\"instances\":{\"min\":2}}}");
    }

    @Test
    void namesTheLineThatTheGridRefuses() {
        grid.on("GET " + PATH, 404, "{\"detail\":\"There is none.\"}")
                .on(
                        "PUT " + PATH,
                        400,
                        "{\"detail\":\"Two fields.\",\"errors\":[{\"pointer\":\"/spec/instances/min\",\"message\":\"Too many.\"},"
                                + "{\"pointer\":\"/spec/resources/memory\",\"message\":\"Too small.\"}]}");

        WarpRun run = run("apply");

        String file = home.resolve("warp.toml").toString();
        assertThat(run.err()).contains(file + ":8:1: Too many.", file + ": Too small.");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void saysWithItsStatusWhetherAnythingWouldChange() {
        grid.on("GET " + PATH, 200, deployment())
                .on(
                        "PUT " + PATH,
                        200,
                        result("UPDATED", "[{\"pointer\":\"/spec/instances/min\",\"before\":\"1\",\"after\":\"2\"}]"))
                .on("PUT " + PATH, 200, result("UNCHANGED", "[]"));

        WarpRun changed = run("diff");
        assertThat(changed.out())
                .as(changed.err())
                .contains("shop/app would be updated.", "/spec/instances/min: 1 -> 2");
        assertThat(changed.status()).isEqualTo(8);

        WarpRun same = run("diff");
        assertThat(same.out()).contains("would stay as it is");
        assertThat(same.status()).isZero();
        assertThat(grid.lines().stream().filter(line -> line.startsWith("PUT")))
                .hasSize(2)
                .allMatch(line -> line.endsWith("?dryRun=true"));
    }

    @Test
    void refusesAMissingComponentBeforeItAsksTheGrid() throws Exception {
        Files.delete(home.resolve("app.wasm"));
        WarpRun run = run("apply");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("There is no file " + home.resolve("app.wasm"));
        assertThat(grid.lines()).isEmpty();
    }
}

package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deploy, serve, see, change, delete; and what is refused before anything changes. */
@ExtendWith(SharedGrid.class)
class DeployIT {
    private static final String HELLO =
            Grid.root().resolve("examples/hello/hello.wasm").toString();

    private static final String TROUBLE =
            Grid.root().resolve("tests/guests/c/trouble.wasm").toString();

    @TempDir
    private Path folder;

    @Test
    void theSampleAnswersAfterUp(Grid grid) throws Exception {
        assertThat(grid.addresses().keySet()).contains("dashboard", "api", "ingress", "user", "password", "dataDir");
        assertThat(grid.get("hello.default.localhost", "/").statusCode()).isEqualTo(200);
    }

    @Test
    void aDeploymentServesIsListedAndDisappears(Grid grid) throws Exception {
        JsonObject deployed = grid.warp(
                        "deploy", HELLO, "--name", "first", "--instances", "2", "--env", "WHO=first-test", "-o", "json")
                .succeeded()
                .json();
        assertThat(deployed.toString()).contains("first.default.localhost");
        assertThat(grid.get("first.default.localhost", "/").body()).contains("first-test");

        assertThat(grid.warp("list", "-o", "json").succeeded().out()).contains("\"first\"");
        JsonObject shown = grid.warp("show", "first", "-o", "json").succeeded().json();
        JsonObject status = shown.getAsJsonObject("status");
        assertThat(status.get("readyInstances").getAsInt()).isEqualTo(2);
        assertThat(status.get("state").getAsString()).isEqualTo("READY");
        assertThat(grid.warp("instances", "-o", "json").succeeded().out()).contains("first");

        grid.warp("delete", "first").succeeded();
        assertThat(grid.warp("show", "first").exitCode()).isEqualTo(3);
        grid.awaitAnswer("first.default.localhost", "/", 404);
    }

    @Test
    void aFileSaysWhatToRun(Grid grid) throws Exception {
        Path file = folder.resolve("warp.toml");
        String manifest = """
                artifact = "%s"
                environment = { WHO = "a-file" }
                [package]
                name = "filed"
                [instances]
                min = 2
                [resources]
                memory = "16MiB"
                """.formatted(HELLO);
        Files.writeString(file, manifest);
        assertThat(grid.warp("diff", "-f", file.toString()).exitCode()).isEqualTo(8);
        grid.warp("apply", "-f", file.toString()).succeeded();
        assertThat(grid.get("filed.default.localhost", "/").body()).contains("a-file");
        assertThat(grid.warp("diff", "-f", file.toString()).exitCode()).isZero();

        Files.writeString(file, manifest.replace("16MiB", "16QiB"));
        Grid.Result refused = grid.warp("apply", "-f", file.toString());
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains(file + ":8:1: ");
        grid.warp("delete", "filed").succeeded();
    }

    @Test
    void anEchoComesBackWhole(Grid grid) throws Exception {
        byte[] body = new byte[1 << 20];
        Arrays.fill(body, (byte) 'x');
        assertThat(grid.post("hello.default.localhost", "/echo", body).body()).hasSize(body.length);
    }

    @Test
    void aChangeTakesOverWithoutALostRequest(Grid grid) throws Exception {
        grid.warp("deploy", HELLO, "--name", "changing", "--instances", "2", "--env", "WHO=one")
                .succeeded();
        try (Load load = Load.on(grid, "changing.default.localhost", "/")) {
            grid.warp("deploy", HELLO, "--name", "changing", "--instances", "2", "--env", "WHO=two")
                    .succeeded();
            Await.until(
                    "revision two to answer",
                    java.time.Duration.ofSeconds(30),
                    () -> grid.get("changing.default.localhost", "/").body(),
                    body -> body.contains("two"));
            load.stop();
            assertThat(load.answers()).isPositive();
            assertThat(load.failures()).isEmpty();
        }
        grid.warp("delete", "changing").succeeded();
    }

    @Test
    void whatIsNoWasmIsRefused(Grid grid) throws IOException {
        Path text = Files.writeString(folder.resolve("text.wasm"), "this is no component");
        refused(grid.warp("deploy", text.toString(), "--name", "text"), "WebAssembly");
        assertThat(grid.warp("show", "text").exitCode()).isEqualTo(3);
    }

    @Test
    void aTruncatedComponentIsRefused(Grid grid) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(HELLO));
        Path half = Files.write(folder.resolve("half.wasm"), Arrays.copyOf(whole, whole.length / 2));
        refused(grid.warp("deploy", half.toString(), "--name", "half"), "");
        assertThat(grid.warp("show", "half").exitCode()).isEqualTo(3);
    }

    @Test
    void aCoreModuleIsRefused(Grid grid) throws IOException {
        Path module = Files.write(folder.resolve("module.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        refused(grid.warp("deploy", module.toString(), "--name", "module"), "component");
    }

    @Test
    void aMemoryLimitBelowTheNeedIsRefused(Grid grid) {
        refused(grid.warp("deploy", TROUBLE, "--name", "small", "--memory", "64KiB"), "raise it to 128KiB");
        assertThat(grid.warp("show", "small").exitCode()).isEqualTo(3);
    }

    @Test
    void aHostOfAnotherDeploymentIsRefused(Grid grid) {
        grid.warp("deploy", HELLO, "--name", "owner", "--host", "shop.example").succeeded();
        Grid.Result result = grid.warp("deploy", HELLO, "--name", "thief", "--host", "shop.example");
        refused(result, "shop.example");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(grid.warp("show", "thief").exitCode()).isEqualTo(3);
        refused(grid.warp("deploy", HELLO, "--name", "thief", "--host", "hello.default.localhost"), "reserved");
        grid.warp("delete", "owner").succeeded();
    }

    @Test
    void aBadNameIsRefused(Grid grid) {
        refused(grid.warp("deploy", HELLO, "--name", "Not_A_Label"), "DNS label");
    }

    private static void refused(Grid.Result result, String cause) {
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err().strip())
                .contains(cause)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }
}

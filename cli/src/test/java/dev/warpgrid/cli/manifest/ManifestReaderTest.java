package dev.warpgrid.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.Deployment;
import dev.warpgrid.api.DeploymentSpec;
import dev.warpgrid.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private static final Path FILE = Path.of("warp.toml");

    @Test
    void readsTheContractsNames() {
        Manifest manifest = ManifestReader.read(FILE, """
                artifact = "app.wasm"
                environment = { GREETING = "hello" }

                [package]
                name = "app"
                namespace = "shop"
                labels = { "team.example/name" = "edge" }

                [trigger.http]
                hosts = ["app.example"]

                [instances]
                min = 2

                [resources]
                memory = "32MiB"

                [rollout]
                strategy = "canary"
                gates = { maxErrorPercent = 1 }

                [[rollout.canary.steps]]
                weight = 10
                pause = "5m"

                [[rollout.canary.steps]]
                weight = 50
                """);

        Deployment deployment = manifest.deployment("shop", "sha256:" + "a".repeat(64));
        assertThat(deployment.metadata().name()).isEqualTo("app");
        assertThat(deployment.metadata().labels()).isEqualTo(Map.of("team.example/name", "edge"));
        assertThat(deployment.spec().artifact()).isEqualTo("sha256:" + "a".repeat(64));
        assertThat(deployment.spec().environment()).isEqualTo(Map.of("GREETING", "hello"));
        assertThat(deployment.spec().trigger()).extracting("http.hosts").isEqualTo(List.of("app.example"));
        assertThat(deployment.spec().instances()).extracting("min").isEqualTo(2);
        assertThat(deployment.spec().resources()).extracting("memory").isEqualTo("32MiB");
        assertThat(deployment.spec().rollout())
                .isEqualTo(new DeploymentSpec.Rollout(
                        "canary",
                        null,
                        new DeploymentSpec.Canary(List.of(
                                new DeploymentSpec.CanaryStep(10, "5m"), new DeploymentSpec.CanaryStep(50, null))),
                        null,
                        new DeploymentSpec.Gates(1.0, null, null),
                        null));
        assertThat(manifest.component()).contains(Path.of("app.wasm").toAbsolutePath());
    }

    @Test
    void sendsADigestAsItIs() {
        String digest = "sha256:" + "b".repeat(64);
        Manifest manifest = ManifestReader.read(FILE, "artifact = \"" + digest + "\"\npackage.name = \"app\"\n");
        assertThat(manifest.component()).isEmpty();
        assertThat(manifest.deployment("default", null).spec().artifact()).isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                memry = "32MiB"        | warp.toml:5:1: "resources.memry" is not known: "resources" has memory, timeout, cpuTime
                memory = 32            | warp.toml:5:1: "resources.memory" is a text in quotes, and here it is the number 32.
                memory = ["32MiB"]     | warp.toml:5:1: "resources.memory" is a text in quotes, and here it is a list.
                memory = 2026-01-01    | warp.toml:5:1: "resources.memory" is a text in quotes, and here it is a date or time.
                memory = "32MiB        | warp.toml:5:
                memory = "1"\\nmemory="2" | warp.toml:6:
                """)
    void saysWhereAFaultIs(String line, String expected) {
        String text =
                "artifact = \"a.wasm\"\n[package]\nname = \"app\"\n[resources]\n" + line.replace("\\n", "\n") + "\n";
        assertThatThrownBy(() -> ManifestReader.read(FILE, text))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void tellsEveryFaultAtOnce() {
        assertThatThrownBy(() -> ManifestReader.read(FILE, """
                instances = 3
                [package]
                nam = "app"
                [trigger.http]
                hosts = ["a", 7]
                """))
                .satisfies(thrown -> assertThat(((Failure) thrown).sentence().split("\n"))
                        .hasSize(5)
                        .anySatisfy(
                                line -> assertThat(line).startsWith("warp.toml:1:1: \"instances\" is a table with min"))
                        .anySatisfy(line -> assertThat(line).startsWith("warp.toml:3:1: \"package.nam\" is not known"))
                        .anySatisfy(line -> assertThat(line).startsWith("warp.toml:2:1: \"package.name\" is missing"))
                        .anySatisfy(line ->
                                assertThat(line).startsWith("warp.toml:5:15: \"trigger.http.hosts[1]\" is a text"))
                        .anySatisfy(line -> assertThat(line).startsWith("warp.toml: \"artifact\" is missing")));
    }

    @Test
    void findsTheLineThatAGridObjectsTo() {
        Manifest manifest = ManifestReader.read(FILE, """
                artifact = "a.wasm"
                [package]
                name = "app"
                [trigger.http]
                hosts = ["ok.example", "NOT OK"]
                [environment]
                "A/B" = "x"
                """);
        assertThat(manifest.fault("/spec/trigger/http/hosts/1", "It is no host.")
                        .at("warp.toml"))
                .isEqualTo("warp.toml:5:1: It is no host.");
        assertThat(manifest.fault("/spec/environment/A~1B", "No.").line()).isEqualTo(7);
        assertThat(manifest.fault("/metadata/name", "It is taken.").line()).isEqualTo(3);
        assertThat(manifest.fault("/spec/scaling/target", "It is missing.").at("warp.toml"))
                .isEqualTo("warp.toml: It is missing.");
    }

    @Test
    void looksForItsFileInAFolder(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ManifestReader.read(folder)).hasMessageContaining("There is no file");
        Files.writeString(folder.resolve("warp.toml"), "artifact = \"a.wasm\"\npackage.name = \"app\"\n");
        assertThat(ManifestReader.read(folder).component()).contains(folder.resolve("a.wasm"));
    }
}

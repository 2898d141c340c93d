package dev.warpgrid.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.engine.EngineInfo;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.ResourceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {
    @Test
    void hasADefaultForAllButHomeAndServer() {
        AgentOptions options = AgentOptions.parse(List.of("--home", "/tmp/a", "--server", "localhost:9444"));

        assertThat(options.home()).isEqualTo(Path.of("/tmp/a"));
        assertThat(options.server()).isEqualTo("localhost:9444");
        assertThat(options.ingressHost()).isEqualTo("0.0.0.0");
        assertThat(options.ingressPort()).isEqualTo(8080);
        assertThat(options.healthPort()).isEqualTo(9446);
        assertThat(options.meshHost()).isEqualTo("0.0.0.0");
        assertThat(options.meshPort()).isEqualTo(9445);
        assertThat(options.meshAddress()).isEmpty();
        assertThat(options.gridRoutes()).isTrue();
        assertThat(options.guestThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.memory().bytes()).isEqualTo(ProcessUsage.machineMemoryBytes() / 2);
        assertThat(options.allowInterpreter()).isFalse();
        assertThat(options.labels()).isEmpty();
        assertThat(options.joinTokenFile()).isEmpty();
        assertThat(ResourceName.isValid(options.nodeName())).isTrue();
    }

    @Test
    void takesEveryOption() {
        AgentOptions options = AgentOptions.parse(List.of(
                "--home",
                "/tmp/a",
                "--server",
                "grid:1",
                "--join-token-file",
                "/tmp/token",
                "--ingress-host",
                "127.0.0.1",
                "--ingress-port",
                "0",
                "--health-port",
                "1",
                "--mesh-host",
                "127.0.0.2",
                "--mesh-port",
                "2",
                "--mesh-address",
                "edge-1.test",
                "--routes",
                "node",
                "--node-name",
                "edge-1",
                "--memory",
                "4GiB",
                "--label",
                "zone=a",
                "--label",
                "disk=ssd=fast",
                "--allow-interpreter",
                "--guest-threads",
                "7"));

        assertThat(options)
                .isEqualTo(new AgentOptions(
                        Path.of("/tmp/a"),
                        "grid:1",
                        Optional.of(Path.of("/tmp/token")),
                        "127.0.0.1",
                        0,
                        1,
                        "127.0.0.2",
                        2,
                        "edge-1.test",
                        false,
                        "edge-1",
                        ByteSize.ofMebibytes(4096),
                        new TreeMap<>(Map.of("zone", "a", "disk", "ssd=fast")),
                        true,
                        7));
    }

    @Test
    void saysWhatIsWrongAndWhatToWrite() {
        refused("There is no option --hom", "--hom", "/tmp/a");
        refused("--home is needed", "--server", "localhost:9444");
        refused("--server is needed", "--home", "/tmp/a");
        refused("write HOST:9444", "--server", "localhost");
        refused("needs a value", "--home", "--server");
        refused("takes 0 to 65535", "--ingress-port", "70000");
        refused("needs a number", "--guest-threads", "many");
        refused("is not a DNS label", "--node-name", "Not Good");
        refused("such as 64MiB", "--memory", "lots");
        refused("KEY=VALUE", "--label", "zone");
    }

    @Test
    void refusesAnInterpretingEngineUnlessAllowed() {
        var interpreted = new EngineInfo("GraalWasm 25", "Interpreted", false);
        assertThatThrownBy(() -> Main.checked(interpreted, false))
                .isInstanceOfSatisfying(
                        Main.StartException.class, e -> assertThat(e.exitCode()).isEqualTo(78))
                .hasMessageContaining("--allow-interpreter");
        assertThatCode(() -> Main.checked(interpreted, true)).doesNotThrowAnyException();
        assertThatCode(() -> Main.checked(new EngineInfo("GraalWasm 25", "GraalVM CE", true), false))
                .doesNotThrowAnyException();
    }

    private static void refused(String part, String... arguments) {
        assertThatThrownBy(() -> AgentOptions.parse(List.of(arguments)))
                .isInstanceOf(AgentOptions.UsageException.class)
                .hasMessageContaining(part);
    }
}

package dev.warpgrid.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.local.DataFolder;
import dev.warpgrid.cli.local.GridPorts;
import dev.warpgrid.cli.local.GridRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    @TempDir
    private Path home;

    private Environment environment(Map<String, String> variables) {
        return new Environment(variables, home, home);
    }

    private void startedGrid(Path path) {
        DataFolder folder = new DataFolder(path);
        folder.create();
        folder.save(GridRecord.stopped(new GridPorts(1443, 1080, 1444, 1081, 1446, 1432, 1445)));
        folder.write(DataFolder.TOKEN, "warp_local\n");
    }

    @Test
    void meansTheGridOfThisMachineByDefault() {
        startedGrid(home.resolve(".warpgrid"));

        Target target = Targets.find(environment(Map.of()), null);

        assertThat(target.server()).hasToString("https://localhost:1443");
        assertThat(target.token()).isEqualTo("warp_local");
        assertThat(target.authority()).isEqualTo(home.resolve(".warpgrid/ca.pem"));
    }

    @Test
    void followsTheDataFolderOfTheEnvironment() {
        startedGrid(home.resolve("elsewhere"));

        Target target = Targets.find(
                environment(Map.of("WARPGRID_DATA", home.resolve("elsewhere").toString())), null);

        assertThat(target.server()).hasToString("https://localhost:1443");
    }

    @Test
    void prefersLoginToTheLocalGridAndVariablesToLogin() {
        startedGrid(home.resolve(".warpgrid"));
        new ClientConfig("https://b:9443", "warp_login", null)
                .save(environment(Map.of()).configFile());

        assertThat(Targets.find(environment(Map.of()), null).server()).hasToString("https://b:9443");
        assertThat(Targets.find(environment(Map.of("WARP_SERVER", "c.example:1")), null)
                        .server())
                .hasToString("https://c.example:1");
        assertThat(Targets.find(environment(Map.of("WARP_SERVER", "c.example:1")), home.resolve(".warpgrid"))
                        .server())
                .hasToString("https://localhost:1443");
    }

    @Test
    void saysHowToStartAGridWhereThereIsNone() {
        assertThatThrownBy(() -> Targets.find(environment(Map.of()), null))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("warp up");
    }

    @Test
    void saysHowToMendADamagedConfiguration() throws IOException {
        Path file = environment(Map.of()).configFile();
        Files.createDirectories(file.resolveSibling("x"));
        Files.writeString(file, "{\"server\":");

        assertThatThrownBy(() -> Targets.find(environment(Map.of()), null))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("warp login again");
    }

    @Test
    void dropsThePathOfAnAddress() {
        assertThat(Targets.address("https://h:1/api/v1?x=1", "test")).hasToString("https://h:1");
    }
}

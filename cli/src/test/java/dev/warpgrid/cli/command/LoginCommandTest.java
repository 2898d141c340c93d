package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("System.in")
class LoginCommandTest {
    @TempDir
    private Path home;

    private WarpRun warp(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return WarpRun.of(new Environment(Map.of(), home, home), arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void trustsOnlyTheNamedAuthorityAndKeepsTheTokenPrivate() throws Exception {
        try (FakeGrid grid = FakeGrid.secure(home)) {
            grid.on(
                            "POST /login",
                            200,
                            "{\"id\":\"1\",\"name\":\"cli\",\"owner\":\"ada\",\"createdAt\":\"2026-03-01T12:00:00Z\",\"secret\":\"warp_1_s\"}")
                    .on("GET /deployments", 200, "{\"items\":[],\"total\":0}");

            WarpRun untrusted = warp("secret\n", "login", grid.address(), "--user", "ada");
            WarpRun trusted = warp(
                    "secret\n",
                    "login",
                    grid.address(),
                    "--user",
                    "ada",
                    "--ca",
                    home.resolve("ca.pem").toString());
            WarpRun list = warp("", "list");

            assertThat(untrusted.status()).isEqualTo(6);
            assertThat(untrusted.err()).contains("is not trusted", "--ca");
            assertThat(trusted.status()).as(trusted.err()).isZero();
            assertThat(grid.only("POST").text()).contains("\"user\":\"ada\"", "\"password\":\"secret\"");
            Path config = home.resolve(".config/warpgrid/config.json");
            assertThat(Files.getPosixFilePermissions(config)).hasSize(2);
            assertThat(list.err()).startsWith("Nothing is deployed");
            assertThat(grid.only("GET").header("Authorization")).isEqualTo("Bearer warp_1_s");
            assertThat(warp("", "logout").out()).startsWith("Forgotten");
            assertThat(config).doesNotExist();
        }
    }

    @Test
    void asksForAPasswordThatIsThere() {
        WarpRun run = warp("", "login", "https://localhost:1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("There is no password on standard input");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(warp("x\n", "login", "ftp://host").err()).contains("is no server address");
    }
}

package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import dev.warpgrid.cli.client.ClientConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("System.in")
class UserCommandTest {
    private static final String EVE =
            "{\"name\":\"eve\",\"roles\":[\"viewer\"],\"enabled\":%s,\"createdAt\":\"2026-03-01T11:00:00Z\"%s}";
    private static final String TOKEN =
            "{\"id\":\"2\",\"name\":\"login\",\"owner\":\"eve\",\"createdAt\":\"2026-03-01T12:00:00Z\",\"secret\":\"warp_2_s\"}";

    @TempDir
    private Path home;

    private final FakeGrid grid;

    UserCommandTest() throws IOException {
        grid = FakeGrid.plain();
    }

    @BeforeEach
    void layDownAnswers() {
        grid.on("GET /users", 200, "[" + EVE.formatted("true", "") + "," + EVE.formatted("false", "") + "]")
                .on("POST /users", 201, EVE.formatted("true", ",\"password\":\"made-by-the-server\""))
                .on("POST /users/eve/password", 201, EVE.formatted("true", ""))
                .on("PUT /users/eve", 200, EVE.formatted("false", ""))
                .on("DELETE /users/eve", 204, "")
                .on("POST /whoami/password", 201, TOKEN);
    }

    @AfterEach
    void close() {
        grid.close();
    }

    private WarpRun warp(String input, Map<String, String> variables, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return WarpRun.of(new Environment(variables, home, home), arguments);
        } finally {
            System.setIn(before);
        }
    }

    private WarpRun warp(String... arguments) {
        return WarpRun.against(grid, home, arguments);
    }

    @Test
    void listsUsersWithRolesAndState() {
        assertThat(warp("user").out()).isEqualTo("""
                        USER  ROLES   STATE     AGE
                        eve   viewer  enabled   60m
                        eve   viewer  disabled  60m
                        """);
    }

    @Test
    void writesOnlyTheNewPasswordToStandardOutput() {
        WarpRun run = warp("user", "create", "eve", "--role", "viewer");

        assertThat(run.out()).isEqualTo("made-by-the-server\n");
        assertThat(grid.only("POST").text()).isEqualTo("{\"name\":\"eve\",\"roles\":[\"viewer\"]}");
    }

    @Test
    void takesAPasswordFromInputAndNeverShowsIt() {
        WarpRun run = warp(
                "a long sentence\n",
                Map.of("WARP_SERVER", grid.address(), "WARP_TOKEN", "warp_1_s"),
                "user",
                "reset-password",
                "eve",
                "--password-stdin");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).doesNotContain("a long sentence");
        assertThat(grid.only("POST").text()).isEqualTo("{\"password\":\"a long sentence\"}");
    }

    @Test
    void changesOneThingAtATime() {
        assertThat(warp("user", "disable", "eve").out()).isEqualTo("User eve is disabled.\n");
        assertThat(warp("user", "enable", "eve").out()).isEqualTo("User eve is enabled.\n");
        assertThat(warp("user", "roles", "eve", "--role", "grid-admin", "--role", "viewer")
                        .out())
                .isEqualTo("User eve has grid-admin, viewer.\n");
        assertThat(warp("user", "delete", "eve").out()).isEqualTo("User eve is deleted.\n");
        assertThat(grid.requests())
                .extracting(FakeGrid.Request::text)
                .containsExactly(
                        "{\"enabled\":false}", "{\"enabled\":true}", "{\"roles\":[\"grid-admin\",\"viewer\"]}", "");
    }

    @Test
    void keepsTheNewTokenWhereTheOldOneWas() {
        Path config = home.resolve(".config/warpgrid/config.json");
        new ClientConfig(grid.address(), "warp_1_s", null).save(config);

        WarpRun run = warp("present one\nthe next sentence\n", Map.of(), "user", "password");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(grid.only("POST").text()).contains("\"present\":\"present one\"", "\"next\":\"the next sentence\"");
        assertThat(ClientConfig.load(config).orElseThrow().token()).isEqualTo("warp_2_s");
    }

    @Test
    void saysThatATokenOfTheEnvironmentHasEnded() {
        WarpRun run = warp(
                "present one\nthe next sentence\n",
                Map.of("WARP_SERVER", grid.address(), "WARP_TOKEN", "warp_1_s"),
                "user",
                "password");

        assertThat(run.err()).contains("WARP_TOKEN has ended");
        assertThat(home.resolve("token")).doesNotExist();
    }
}

package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    @TempDir
    private Path home;

    private WarpRun warp(String... arguments) {
        return WarpRun.of(new Environment(Map.of(), home, home), arguments);
    }

    @Test
    void namesAPortThatIsTakenItsOwnerAndTheOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            WarpRun run = warp("up", "--postgres-port", port);

            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err())
                    .isEqualTo("Port " + port + " (PostgreSQL) is taken by java (process "
                            + ProcessHandle.current().pid()
                            + "): stop that, or choose another port with --postgres-port.\n");
        }
    }

    @Test
    void refusesPortsThatAreNoneOrNamedTwice() {
        assertThat(warp("up", "--https-port", "70000").err()).contains("--https-port 70000 is no port");
        assertThat(warp("up", "--https-port", "9444").err()).contains("Port 9444 is named twice");
    }

    @Test
    void startsNothingWhereTheServerIsNotBuilt() throws IOException {
        WarpRun run = warp(
                "up",
                "--data",
                home.resolve("grid").toString(),
                "--https-port",
                freePort(),
                "--http-port",
                freePort(),
                "--agent-port",
                freePort(),
                "--ingress-port",
                freePort(),
                "--health-port",
                freePort(),
                "--postgres-port",
                freePort(),
                "--mesh-port",
                freePort());

        assertThat(run.status()).isEqualTo(69);
        assertThat(run.err()).startsWith("The server and the agent are not built in " + home);
        assertThat(home.resolve("grid/postgres")).doesNotExist();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    void downWithoutAGridIsDone() {
        WarpRun run = warp("down", "--data", home.resolve("none").toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("No grid runs in ");
        assertThat(home.resolve("none")).doesNotExist();
    }
}

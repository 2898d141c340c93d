package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when a part dies, and that a stop loses nothing. A grid of its own, since others want theirs alive. */
class RecoveryIT {
    private static final String HELLO =
            Grid.root().resolve("examples/hello/hello.wasm").toString();
    private static final String HOST = "hello.default.localhost";

    @Test
    void everyPartMayDieAndTheNextStartRecovers() throws Exception {
        Path data = Files.createTempDirectory("warpgrid-recovery");
        Grid grid = new Grid(data);
        grid.up();
        try {
            grid.warp("deploy", HELLO, "--name", "kept", "--env", "WHO=kept").succeeded();
            aRunningAgentServesWhileTheServerIsAway(grid);
            theAgentServesAgainByItselfAfterItDied(grid);
            theServerSurvivesItsDatabase(grid);
            aStopLeavesNoProcessAndLosesNothing(grid);
        } finally {
            grid.close();
        }
    }

    private static void aRunningAgentServesWhileTheServerIsAway(Grid grid) throws Exception {
        grid.kill("server");
        assertThat(grid.get(HOST, "/").statusCode()).isEqualTo(200);
        assertThat(grid.warp("list").exitCode()).isNotZero();
        grid.up();
        assertThat(grid.warp("show", "kept").exitCode()).isZero();
        assertThat(grid.get("kept.default.localhost", "/").body()).contains("kept");
    }

    private static void theAgentServesAgainByItselfAfterItDied(Grid grid) {
        grid.kill("agent");
        grid.up();
        grid.awaitAnswer(HOST, "/", 200);
        grid.awaitAnswer("kept.default.localhost", "/", 200);
    }

    private static void theServerSurvivesItsDatabase(Grid grid) throws Exception {
        grid.kill("postgres");
        assertThat(grid.get(HOST, "/").statusCode()).isEqualTo(200);
        grid.up();
        Await.until(
                "the server to answer again",
                Duration.ofSeconds(60),
                () -> grid.warp("show", "kept").exitCode(),
                code -> code == 0);
    }

    private static void aStopLeavesNoProcessAndLosesNothing(Grid grid) {
        List<ProcessHandle> before = grid.processes();
        grid.warp("down").succeeded();
        // The kernel keeps an ended process until its parent has taken notice of it.
        Await.until(
                "no process to be left",
                Duration.ofSeconds(5),
                () -> before.stream().filter(ProcessHandle::isAlive).toList(),
                List::isEmpty);
        grid.up("--no-sample");
        grid.awaitAnswer("kept.default.localhost", "/", 200);
        grid.awaitAnswer(HOST, "/", 200);
    }
}

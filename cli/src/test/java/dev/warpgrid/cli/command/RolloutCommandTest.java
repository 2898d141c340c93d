package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // an unexpected null fails the test by itself
class RolloutCommandTest {
    private static final String PATH = "/namespaces/default/deployments/web";
    private static final String CANARY = """
            {"namespace":"default","deployment":"web","number":3,"strategy":"canary","phase":"%s","sentence":"Step 2 of 2.",
             "cause":"","paused":false,"step":1,"steps":[{"weight":10,"pause":"1m","state":"PASSED"},
             {"weight":50,"state":"PRESENT"}],"wantedInstances":4,
             "target":{"revision":5,"instances":2,"readyInstances":2,"weightPercent":50,"requests":100,
             "requestsPerSecond":12.5,"errorPercent":0.4,"p99Millis":18.25},
             "baseline":{"revision":4,"instances":4,"readyInstances":4,"weightPercent":50,"requests":100,
             "requestsPerSecond":12.5,"errorPercent":0.2,"p99Millis":17.5},
             "gates":[{"name":"error rate","limit":"at most 1.0 %%","measured":"0.4 %%","state":"PASSED"}],
             "actions":["PAUSE","PROMOTE","ABORT"],"deadline":"5m","startedAt":"2026-03-01T11:59:00Z"%s}""";

    @TempDir
    private Path home;

    private FakeGrid grid;

    @BeforeEach
    void start() throws IOException {
        grid = FakeGrid.plain();
    }

    @AfterEach
    void stop() {
        grid.close();
    }

    private WarpRun warp(String... arguments) {
        return WarpRun.against(grid, home, arguments);
    }

    private static String underWay() {
        return CANARY.formatted("CANARY", "");
    }

    @Test
    void showsStepsBothRevisionsAndGates() {
        grid.on("GET " + PATH + "/rollout", 200, underWay());
        WarpRun run = warp("rollout", "status", "web");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("[x] 10 % 1m", "[>] 50 % until promoted")
                .contains("5         new     2/2    50.0 %")
                .contains("4         former  4/4    50.0 %")
                .contains("error rate at most 1.0 %: 0.4 %, passed");
        assertThat(run.err()).contains("pause, promote, abort");
    }

    @Test
    void steersByPosts() {
        for (String action : new String[] {"pause", "resume", "promote", "abort", "retry"}) {
            grid.on("POST " + PATH + "/rollout/" + action, 200, underWay());
            assertThat(warp("rollout", action, "web").status()).isZero();
        }
        grid.on("POST " + PATH + "/rollout/promote", 200, underWay());
        warp("rollout", "promote", "web", "--wholly");
        assertThat(grid.lines())
                .containsExactly(
                        "POST " + PATH + "/rollout/pause",
                        "POST " + PATH + "/rollout/resume",
                        "POST " + PATH + "/rollout/promote",
                        "POST " + PATH + "/rollout/abort",
                        "POST " + PATH + "/rollout/retry",
                        "POST " + PATH + "/rollout/promote?wholly=true");
    }

    @Test
    void waitsForTheEndAndEndsWithSevenWhereTheRevisionWasGivenUp() {
        grid.on("GET " + PATH + "/rollout", 200, underWay())
                .on(
                        "GET " + PATH + "/rollout",
                        200,
                        CANARY.formatted("ROLLED_BACK", ",\"endedAt\":\"2026-03-01T11:59:30Z\""));
        WarpRun run = warp("rollout", "status", "web", "--wait");
        assertThat(run.status()).isEqualTo(7);
        assertThat(run.out()).contains("rolled back");
    }

    @Test
    void rollsBackToTheNamedRevision() {
        grid.on("POST " + PATH + "/rollback", 200, """
                {"outcome":"UPDATED","deployment":{"metadata":{"name":"web"},"spec":{"artifact":"sha256:0"}},
                 "changes":[{"pointer":"/spec/environment/A","before":"two","after":"one"}]}""");
        WarpRun run = warp("rollback", "web", "--to", "3");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("/spec/environment/A: two -> one");
        assertThat(grid.requests().getFirst().text()).isEqualTo("{\"revision\":3}");
    }

    @Test
    void listsRevisionsWithWhatTheyChanged() {
        grid.on("GET " + PATH + "/revisions", 200, """
                {"items":[{"number":3,"createdAt":"2026-03-01T11:59:00Z","createdBy":"ada","spec":{"artifact":"sha256:0"},
                 "restores":1,"newest":true,"serving":true,"changes":[]},
                 {"number":2,"createdAt":"2026-03-01T11:58:00Z","createdBy":"ada","spec":{"artifact":"sha256:0"},
                 "newest":false,"serving":false,"changes":[{"pointer":"/spec/environment/A","before":"","after":"x"}]}],
                 "total":3}""");
        WarpRun run = warp("history", "web");
        assertThat(run.out()).contains("3 (newest)", "brought back revision 1", "environment/A");
    }

    @Test
    void saysWhatToDoWithoutASubcommand() {
        WarpRun run = warp("rollout");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("status, pause, resume");
    }
}

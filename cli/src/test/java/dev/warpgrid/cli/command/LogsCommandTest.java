package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.FakeGrid;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String LOGS = "GET /namespaces/default/deployments/hello/logs";

    @TempDir
    private Path home;

    private static String entry(int sequence, String text) {
        return "{\"at\":\"2026-03-01T11:59:59.5Z\",\"instance\":\"i-1\",\"revision\":1,\"node\":\"n\",\"sequence\":"
                + sequence + ",\"stream\":\"stdout\",\"level\":\"info\",\"text\":\"" + text + "\"}";
    }

    private WarpRun logs(String stream, String... options) throws IOException {
        try (FakeGrid grid = FakeGrid.plain()) {
            grid.on(LOGS, 200, "text/event-stream", stream);
            String[] arguments = new String[options.length + 2];
            arguments[0] = "logs";
            arguments[1] = "hello";
            System.arraycopy(options, 0, arguments, 2, options.length);
            WarpRun run = WarpRun.against(grid, home, arguments);
            assertThat(grid.lines()).allMatch(line -> line.startsWith(LOGS + "?tail="));
            return run;
        }
    }

    @Test
    void showsLinesAndTellsWhatWasLost() throws IOException {
        WarpRun run = logs(": keep-alive\n\nevent: lines\ndata: [" + entry(1, "one") + "," + entry(2, "two")
                + "]\n\nevent: dropped\ndata: 17\n\nevent: lines\ndata: [" + entry(20, "three")
                + "]\n\nevent: end\ndata:\n\n");

        assertThat(run.status()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceFirst("^[0-9:.]+ ", "")))
                .containsExactly("i-1 one", "i-1 two", "i-1 three");
        assertThat(run.err()).contains("17 lines were lost here");
    }

    @Test
    void filtersByExpression() throws IOException {
        WarpRun run = logs(
                "event: lines\ndata: [" + entry(1, "GET /a") + "," + entry(2, "GET /b") + "]\n\nevent: end\ndata:\n\n",
                "--grep",
                "/b$");

        assertThat(run.out().lines()).hasSize(1).allMatch(line -> line.endsWith("GET /b"));
    }

    @Test
    void answersOneRecordOnEachLineAsJson() throws IOException {
        WarpRun run = logs(
                "event: lines\ndata: [" + entry(1, "x") + "]\n\nevent: end\ndata:\n\n", "-o", "json", "--since", "10m");

        assertThat(run.out()).isEqualTo(entry(1, "x") + "\n");
    }

    @Test
    void saysSoWhenTheStreamBreaksOff() throws IOException {
        WarpRun run = logs("event: lines\ndata: [" + entry(1, "x") + "]\n\n");

        assertThat(run.status()).isEqualTo(6);
        assertThat(run.err()).contains("The log stream broke");
    }

    @Test
    void goesOnAfterTheLastLineWhenAFollowedStreamBreaks() throws IOException {
        try (FakeGrid grid = FakeGrid.plain()) {
            grid.on(LOGS, 200, "text/event-stream", "event: lines\ndata: [" + entry(1, "one") + "]\n\n")
                    .on(
                            LOGS,
                            200,
                            "text/event-stream",
                            "event: lines\ndata: [" + entry(2, "two") + "]\n\nevent: end\ndata:\n\n");

            WarpRun run = WarpRun.against(grid, home, "logs", "hello", "-f");

            assertThat(run.status()).isZero();
            assertThat(run.out().lines().map(line -> line.replaceFirst("^[0-9:.]+ ", "")))
                    .containsExactly("i-1 one", "i-1 two");
            assertThat(grid.lines().getLast()).contains("follow=true", "since=2026-03-01T11%3A59%3A59.500Z");
        }
    }

    @Test
    void refusesATailBeyondTheContract() throws IOException {
        assertThat(logs("event: end\ndata:\n\n", "--tail", "10001").status()).isEqualTo(2);
        assertThat(logs("event: end\ndata:\n\n", "--tail", "10001").err()).contains("10001 were asked for");
        assertThat(logs("event: end\ndata:\n\n", "--grep", "(").status()).isEqualTo(2);
        assertThat(logs("event: end\ndata:\n\n", "--since", "soon").err()).contains("--since \"soon\" is no time");
    }
}

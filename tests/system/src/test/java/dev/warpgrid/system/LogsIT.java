package dev.warpgrid.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of a guest reach the reader, stored ones and new ones. */
@ExtendWith(SharedGrid.class)
class LogsIT {
    @Test
    void linesOfStdoutAndStderrAreKeptAndFound(Grid grid) throws Exception {
        grid.warp("deploy", Grid.root().resolve("tests/guests/c/trouble.wasm").toString(), "--name", "chatty")
                .succeeded();
        grid.get("chatty.default.localhost", "/stderr");
        String lines = Await.until(
                "the line to be stored",
                Duration.ofSeconds(20),
                () -> grid.warp("logs", "chatty", "-o", "json").succeeded().out(),
                out -> out.contains("stderr"));
        assertThat(lines).contains("chatty").contains("\"sequence\"");
        grid.warp("delete", "chatty").succeeded();
    }
}

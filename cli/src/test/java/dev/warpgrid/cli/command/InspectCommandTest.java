package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", ".."));

    @TempDir
    private Path home;

    private WarpRun warp(String... arguments) {
        return WarpRun.of(new Environment(Map.of(), home, home), arguments);
    }

    @Test
    void showsWhatAComponentIsAndItsWit() {
        WarpRun run = warp("inspect", ROOT.resolve("examples/hello/hello.wasm").toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Kind      component")
                .contains("Runs as   HTTP handler (warp serve, warp deploy)")
                .contains("Needs     wasi:http/types@0.2.12")
                .contains("  export wasi:http/incoming-handler@0.2.12;")
                .contains("      headers: func() -> fields;")
                .contains("    use wasi:io/streams@0.2.12.{input-stream};");
    }

    @Test
    void showsACoreModule() {
        WarpRun run =
                warp("inspect", ROOT.resolve("tests/guests/c/command.wasm").toString());

        assertThat(run.out())
                .contains("Kind      core module")
                .contains("preview 1 command")
                .contains("Needs     wasi_snapshot_preview1 fd_read: func");
    }

    @Test
    void answersAsJson() {
        WarpRun run = warp(
                "inspect",
                "-o",
                "json",
                ROOT.resolve("examples/hello/hello.wasm").toString());

        assertThat(run.out()).contains("\"kind\": \"component\"", "\"wasi:http/incoming-handler@0.2.12\"");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path text = Files.writeString(home.resolve("text.wasm"), "no wasm at all");

        assertThat(warp("inspect", text.toString()).status()).isEqualTo(1);
        assertThat(warp("inspect", text.toString()).err()).contains("neither a component nor a core module");
        assertThat(warp("inspect", "none.wasm").status()).isEqualTo(3);
    }
}

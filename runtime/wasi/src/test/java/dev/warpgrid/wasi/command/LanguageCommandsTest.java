package dev.warpgrid.wasi.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.files.Volume;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands as the public toolchains of Go, Zig, AssemblyScript and Python make them; skipped where they are not built. */
@Timeout(300)
class LanguageCommandsTest {
    private static final String GO = "target/go-command.wasm";
    private static final String ZIG = "target/zig-command.wasm";
    private static final String ASSEMBLYSCRIPT = "target/assemblyscript-command.wasm";
    private static final String PYTHON = "target/python-command.wasm";

    @TempDir
    Path folder = Path.of("");

    private WasiConfig withFolder() {
        return WasiConfig.builder()
                .environment("WHO", "test")
                .folder("/", Volume.writable(folder))
                .build();
    }

    @Test
    void runsGoWithFilesInputRoutinesAndPanics() {
        assertThat(Commands.run(GO, withFolder(), "files", "/"))
                .isEqualTo(new Commands.Result(0, "content b,link,two true\n"));
        assertThat(folder).isEmptyDirectory();
        assertThat(Commands.runWithInput(GO, withFolder(), "one\ntwo\n", "upper"))
                .isEqualTo(new Commands.Result(0, "ONE\nTWO\n"));
        assertThat(Commands.run(GO, withFolder(), "routines")).isEqualTo(new Commands.Result(0, "sum 45\n"));
        Commands.Result panic = Commands.run(GO, withFolder(), "panic");
        assertThat(panic.code()).isEqualTo(2);
        assertThat(panic.output()).contains("the guest panics on purpose");
        assertThat(Commands.run(GO, withFolder(), "none").code()).isEqualTo(64);
    }

    @Test
    void runsZig() {
        assertThat(Commands.run(ZIG, withFolder())).isEqualTo(new Commands.Result(0, "WRITTEN BY ZIG\n"));
        assertThat(folder.resolve("from-zig")).hasContent("written by zig\n");
        assertThat(Commands.run(ZIG, WasiConfig.nothing())).isEqualTo(new Commands.Result(3, "no folder\n"));
    }

    @Test
    void runsAssemblyScript() {
        assertThat(Commands.run(ASSEMBLYSCRIPT, withFolder(), "sum", "1", "2", "39"))
                .isEqualTo(new Commands.Result(0, "sum 42\n"));
        assertThat(Commands.run(ASSEMBLYSCRIPT, withFolder(), "env")).isEqualTo(new Commands.Result(0, "who test\n"));
        assertThat(Commands.run(ASSEMBLYSCRIPT, withFolder(), "none").code()).isEqualTo(64);
    }

    @Test
    void runsPython() {
        assertThat(Commands.run(PYTHON, withFolder(), "json"))
                .isEqualTo(new Commands.Result(0, "{\"who\": \"test\", \"squares\": [0, 1, 4, 9]}\n"));
        assertThat(Commands.run(PYTHON, withFolder(), "files"))
                .isEqualTo(new Commands.Result(0, "written by python ['file']\n"));
    }
}

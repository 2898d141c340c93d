package dev.warpgrid.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a process of its own, as the command line starts it. */
class MainTest {
    private static final Path COMMAND =
            Path.of(System.getProperty("warpgrid.root", "../.."), "tests/guests/c/command.wasm");

    @TempDir
    Path folder = Path.of("");

    private record Ended(int status, String out, String err) {}

    private Ended tool(String input, String... words) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.warpgrid.tool.Main"));
        command.addAll(List.of(words));
        int status = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void lendsTheStandardStreamsAndEndsWithTheGuestsCode() throws IOException, InterruptedException {
        assertThat(tool("from a pipe", "run", COMMAND.toString(), "cat")).isEqualTo(new Ended(0, "from a pipe", ""));
        assertThat(tool("", "run", COMMAND.toString(), "exit", "42").status()).isEqualTo(42);
    }

    @Test
    void givesFoldersAndVariables() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("file"), "content");
        String given = data + "::/data";
        assertThat(tool("", "run", "--dir", given, "--env", "A=B", COMMAND.toString(), "read", "file")
                        .out())
                .isEqualTo("content");
        assertThat(tool("", "run", "--env", "A=B", COMMAND.toString(), "env").out())
                .isEqualTo("A=B\n");
        assertThat(tool("", "run", "--dir", given + ":ro", COMMAND.toString(), "write", "file", "x")
                        .out())
                .isEqualTo("errno 69\n");
    }

    @Test
    void saysWhatWentWrong() throws IOException, InterruptedException {
        Ended trapped = tool("", "run", COMMAND.toString(), "trap");
        assertThat(trapped.status()).isEqualTo(134);
        assertThat(trapped.err()).contains("trapped");
        assertThat(tool("", "run", "none.wasm").status()).isEqualTo(3);
        assertThat(tool("", "walk").status()).isEqualTo(2);
        assertThat(tool("", "run", "--dir", "none::/x", COMMAND.toString()).err())
                .contains("There is no folder none");
    }
}

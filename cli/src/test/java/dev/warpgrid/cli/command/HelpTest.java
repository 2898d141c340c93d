package dev.warpgrid.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.WarpRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command line looks like to those who depend on it. */
class HelpTest {
    @TempDir
    private Path home;

    private WarpRun warp(String... arguments) {
        return WarpRun.of(new Environment(Map.of(), home, home), arguments);
    }

    /** After a change that is meant: copy {@code target/help.txt} over the resource. */
    @Test
    void everyCommandsHelpIsAsWrittenDown() throws IOException {
        StringBuilder all = new StringBuilder(warp("--help").out());
        for (String name : new TreeSet<>(commandNames())) {
            all.append("\n").append(warp(name, "--help").out());
        }
        Files.writeString(Path.of("target", "help.txt"), all);

        try (InputStream expected = HelpTest.class.getResourceAsStream("/help.txt")) {
            assertThat(expected).isNotNull();
            assertThat(all.toString()).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private java.util.Set<String> commandNames() {
        return commandLine().getSubcommands().keySet();
    }

    private CommandLine commandLine() {
        return new Warp(dev.warpgrid.cli.output.Console.ofProcess(Map.of()), new Environment(Map.of(), home, home))
                .commandLine();
    }

    @Test
    void commandsAreFoundByTheNamesTheyCarry() {
        commandLine()
                .getSubcommands()
                .forEach((name, command) ->
                        assertThat(warp(name, "--help").out()).startsWith("Usage: warp " + command.getCommandName()));
    }

    @Test
    void helpGoesToStandardOutputAndIsASuccess() {
        assertThat(warp("--help").status()).isZero();
        assertThat(warp("--help").err()).isEmpty();
    }

    @Test
    void nothingAtAllIsAUsageError() {
        assertThat(warp().status()).isEqualTo(2);
        assertThat(warp().out()).isEmpty();
        assertThat(warp().err()).contains("Usage: warp");
    }

    @Test
    void proposesWhatWasPerhapsMeant() {
        WarpRun run = warp("stauts");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean: ", "status", "See warp --help.");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        WarpRun run = warp("scale", "app", "many");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'many' is not an int", "See warp scale --help.");
    }

    @Test
    void completionKnowsEveryCommand() {
        String script = warp("completion", "bash").out();

        assertThat(script).contains("complete -F _complete_warp");
        commandNames().forEach(name -> assertThat(script).contains(name));
        assertThat(warp("completion", "zsh").out()).contains("bashcompinit");
    }

    @Test
    void versionNeedsNoGrid() {
        WarpRun run = warp("version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("warp ");
    }
}

package dev.warpgrid.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.cli.local.ProcessIdentity.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
    @TempDir
    private Path folder;

    @Test
    void knowsItsOwnProcess() {
        ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(own.alive()).isTrue();
        assertThat(own.commandLine()).contains("java");
    }

    @Test
    void takesAnotherStartTimeOrBootForAnotherProcess() {
        ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(new ProcessIdentity(own.pid(), own.startTicks() - 1, own.boot()).alive())
                .isFalse();
        assertThat(new ProcessIdentity(own.pid(), own.startTicks(), "another").alive())
                .isFalse();
    }

    @Test
    void neverSignalsAProcessThatOnlyHasTheSameNumber() throws Exception {
        ProcessIdentity sleeper = sleeper();
        ProcessIdentity earlier = new ProcessIdentity(sleeper.pid(), sleeper.startTicks() - 1, sleeper.boot());

        earlier.end(Signal.KILL, 100);

        assertThat(sleeper.alive()).isTrue();
        sleeper.end(Signal.TERM, 10_000);
        assertThat(sleeper.alive()).isFalse();
    }

    @Test
    void endsAProcessThatIgnoresThePoliteSignal() throws Exception {
        Path ready = folder.resolve("ready");
        ProcessIdentity stubborn = Detached.start(
                List.of("sh", "-c", "trap '' TERM; touch " + ready + "; while :; do sleep 1; done"),
                Map.of(),
                folder,
                folder.resolve("log"));
        assertThat(Waiting.until(10_000, () -> Files.exists(ready))).isTrue();

        stubborn.end(Signal.TERM, 200);

        assertThat(stubborn.alive()).isFalse();
    }

    @Test
    void detachedProgramsLeadASessionOfTheirOwnAndKeepOldLogs() throws Exception {
        Path log = folder.resolve("part.log");
        Files.writeString(log, "earlier");

        ProcessIdentity sleeper = Detached.start(
                List.of("sh", "-c", "echo $GREETING; exec sleep 600"), Map.of("GREETING", "hello"), folder, log);

        assertThat(Waiting.until(10_000, () -> text(log).equals("hello\n"))).isTrue();
        assertThat(sleeper.session()).isEqualTo(sleeper.pid());
        assertThat(text(folder.resolve("part.log.1"))).isEqualTo("earlier");
        sleeper.end(Signal.TERM, 10_000);
    }

    private ProcessIdentity sleeper() {
        return Detached.start(List.of("sleep", "600"), Map.of(), folder, folder.resolve("log"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}

package dev.warpgrid.wasi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.files.FileQuota;
import dev.warpgrid.wasi.files.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One program, as a preview 1 module and as a component that public tools made of it. */
class CommandTest {
    @TempDir
    Path machine = Path.of("");

    private WasiConfig.Builder folder(FileQuota quota) throws IOException {
        Path given = Files.createDirectories(machine.resolve("given"));
        return WasiConfig.builder().folder("/", Volume.writable(given, quota));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void givesArgumentsVariablesInputAndExitCode(String program) {
        WasiConfig config = WasiConfig.builder().environment("WHO", "test").build();
        assertThat(Commands.run(program, config, "args", "a b", "ä")).isEqualTo(result(0, "command\nargs\na b\nä\n"));
        assertThat(Commands.run(program, config, "env")).isEqualTo(result(0, "WHO=test\n"));
        assertThat(Commands.runWithInput(program, config, "some input", "cat")).isEqualTo(result(0, "some input"));
        assertThat(Commands.run(program, config, "no such verb").code()).isNotZero();
        assertThatExceptionOfType(TrapException.class).isThrownBy(() -> Commands.run(program, config, "trap"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE})
    void givesTheExitCodeOfAModule(String program) {
        assertThat(Commands.run(program, WasiConfig.nothing(), "exit", "42").code())
                .isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void worksWithFiles(String program) throws IOException {
        WasiConfig config = folder(FileQuota.unlimited()).build();
        assertThat(Commands.run(program, config, "mkdir", "a").code()).isZero();
        assertThat(Commands.run(program, config, "write", "a/file", "hello").code())
                .isZero();
        assertThat(Commands.run(program, config, "append", "a/file", " world").code())
                .isZero();
        assertThat(Commands.run(program, config, "read", "a/../a/./file")).isEqualTo(result(0, "hello world"));
        assertThat(machine.resolve("given/a/file")).hasContent("hello world");
        assertThat(Commands.run(program, config, "stat", "a/file")).isEqualTo(result(0, "type 4 size 11\n"));
        assertThat(Commands.run(program, config, "symlink", "file", "a/link").code())
                .isZero();
        assertThat(Commands.run(program, config, "readlink", "a/link")).isEqualTo(result(0, "file"));
        assertThat(Commands.run(program, config, "read", "a/link")).isEqualTo(result(0, "hello world"));
        assertThat(Commands.run(program, config, "link", "a/file", "b").code()).isZero();
        assertThat(Commands.run(program, config, "rename", "b", "a/c").code()).isZero();
        for (int i = 0; i < 100; i++) {
            Files.createFile(machine.resolve("given/a/name-" + i));
        }
        assertThat(Commands.run(program, config, "list", "a").output().lines())
                .contains("file", "link", "c", "name-0", "name-99")
                .doesNotHaveDuplicates()
                .hasSize(105);
        assertThat(Commands.run(program, config, "unlink", "a/c").code()).isZero();
        assertThat(Commands.run(program, config, "rmdir", "a")).isEqualTo(result(1, "errno 55\n"));
        assertThat(Commands.run(program, config, "read", "none")).isEqualTo(result(1, "errno 44\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void staysInItsFolder(String program) throws IOException {
        WasiConfig config = folder(FileQuota.unlimited()).build();
        Files.writeString(machine.resolve("secret"), "outside");
        Files.createSymbolicLink(machine.resolve("given/out"), Path.of("../secret"));
        for (String path : new String[] {"../secret", "a/../../secret", "out", "/etc/passwd"}) {
            assertThat(Commands.run(program, config, "read", path))
                    .as(path)
                    .extracting(Commands.Result::code)
                    .isEqualTo(1);
        }
        assertThat(Commands.run(program, config, "read", "out")).isEqualTo(result(1, "errno 63\n"));
        assertThat(Commands.run(program, config, "write", "out", "mine").code()).isEqualTo(1);
        assertThat(Commands.run(program, config, "symlink", "/etc/passwd", "link")
                        .code())
                .isEqualTo(1);
        assertThat(machine.resolve("secret")).hasContent("outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void findsNoFolderWhereNoneIsGiven(String program) {
        assertThat(Commands.run(program, WasiConfig.nothing(), "read", "any")).isEqualTo(result(1, "errno 8\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void staysWithinTheQuotaAndTheLimitOfOpenFiles(String program) throws IOException {
        WasiConfig config = folder(new FileQuota(8, 2))
                .limits(WasiLimits.defaults().withOpenFiles(10))
                .build();
        assertThat(Commands.run(program, config, "write", "one", "12345678").code())
                .isZero();
        assertThat(Commands.run(program, config, "append", "one", "9")).isEqualTo(result(1, "errno 19\n"));
        assertThat(Commands.run(program, config, "mkdir", "two").code()).isZero();
        assertThat(Commands.run(program, config, "mkdir", "three")).isEqualTo(result(1, "errno 19\n"));
        assertThatExceptionOfType(TrapException.class)
                .isThrownBy(() -> Commands.run(program, config, "open", "one"))
                .havingCause()
                .isInstanceOfSatisfying(
                        LimitExceededException.class, e -> assertThat(e.limit()).isEqualTo("openFiles"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    void stopsAnEndlessOutputAtItsLimit(String program) {
        WasiConfig config = WasiConfig.builder()
                .limits(WasiLimits.defaults().withOutputBytes(1 << 20))
                .build();
        assertThatExceptionOfType(TrapException.class)
                .isThrownBy(() -> Commands.run(program, config, "flood"))
                .withMessageContaining("outputBytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    @Timeout(60)
    void waitsForClocksAndInput(String program) {
        long begun = System.nanoTime();
        assertThat(Commands.run(program, WasiConfig.nothing(), "sleep", "20000000"))
                .isEqualTo(result(0, "time\n"));
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(20_000_000);
        assertThat(Commands.runWithInput(program, WasiConfig.nothing(), "x", "wait"))
                .isEqualTo(result(0, "input\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Commands.MODULE, Commands.COMPONENT})
    @Timeout(60)
    void endsLoopsAndWaitsFromOutside(String program) throws InterruptedException {
        for (String[] verb : new String[][] {{"loop"}, {"sleep", "3600000000000"}}) {
            WasiConfig config = WasiConfig.builder()
                    .arguments(java.util.stream.Stream.concat(
                                    java.util.stream.Stream.of("command"), java.util.Arrays.stream(verb))
                            .toList())
                    .build();
            try (CommandRun run = Commands.program(program).prepare(config)) {
                Thread ender = Thread.ofVirtual().start(() -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                    run.interrupt("The time is over.");
                });
                assertThatExceptionOfType(TrapException.class)
                        .isThrownBy(run::run)
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.INTERRUPTED));
                ender.join();
            }
        }
    }

    private static Commands.Result result(int code, String output) {
        return new Commands.Result(code, output);
    }
}

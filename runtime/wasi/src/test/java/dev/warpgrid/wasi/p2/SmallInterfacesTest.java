package dev.warpgrid.wasi.p2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestExitException;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.RecordingLog;
import dev.warpgrid.wasi.WasiClocks;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.p2.cli.CliInterfaces;
import dev.warpgrid.wasi.p2.clocks.ClockInterfaces;
import dev.warpgrid.wasi.p2.config.ConfigStoreInterface;
import dev.warpgrid.wasi.p2.filesystem.FilesystemInterfaces;
import dev.warpgrid.wasi.p2.logging.LoggingInterface;
import dev.warpgrid.wasi.p2.random.RandomInterfaces;
import dev.warpgrid.wasi.p2.sockets.SocketInterfaces;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmallInterfacesTest {
    private static final List<HostInterface<InstanceState>> INTERFACES = Stream.of(
                    CliInterfaces.all(),
                    ClockInterfaces.all(),
                    RandomInterfaces.all(),
                    FilesystemInterfaces.all(),
                    SocketInterfaces.all(),
                    List.of(LoggingInterface.build(), ConfigStoreInterface.build()))
            .flatMap(List::stream)
            .toList();

    private final RecordingLog log = new RecordingLog();
    private final InstanceState state = new InstanceState(WasiConfig.builder()
            .environment("WHO", "test")
            .arguments(List.of("program", "one"))
            .configuration(Map.of("key", "value"))
            .clocks(new WasiClocks(() -> 42L, () -> Instant.ofEpochSecond(1_800_000_000L, 7)))
            .random(bytes -> Arrays.fill(bytes, (byte) 1))
            .log(log)
            .build());

    @Test
    void givesTheEnvironmentAndArguments() {
        List<?> variables = (List<?>) value("wasi:cli/environment", "get-environment");
        assertThat(variables).hasSize(1);
        assertThat((Object[]) variables.getFirst()).containsExactly("WHO", "test");
        assertThat(value("wasi:cli/environment", "get-arguments")).isEqualTo(List.of("program", "one"));
        assertThat(value("wasi:cli/environment", "initial-cwd")).isEqualTo(Variant.none());
    }

    @Test
    void endsTheCallOnExit() {
        assertThatExceptionOfType(GuestExitException.class)
                .isThrownBy(() -> call("wasi:cli/exit", "exit", Variant.err()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(1));
        assertThatExceptionOfType(GuestExitException.class)
                .isThrownBy(() -> call("wasi:cli/exit", "exit-with-code", 200))
                .satisfies(e -> assertThat(e.code()).isEqualTo(200));
    }

    @Test
    void hasNoTerminal() {
        for (String name : List.of("stdin", "stdout", "stderr")) {
            assertThat(value("wasi:cli/terminal-" + name, "get-terminal-" + name))
                    .isEqualTo(Variant.none());
        }
    }

    @Test
    void tellsTheConfiguredTime() {
        assertThat(value("wasi:clocks/monotonic-clock", "now")).isEqualTo(42L);
        assertThat((Object[]) value("wasi:clocks/wall-clock", "now")).containsExactly(1_800_000_000L, 7);
    }

    @Test
    void givesRandomBytesWithinTheLimit() {
        assertThat((byte[]) value("wasi:random/random", "get-random-bytes", 3L)).containsExactly(1, 1, 1);
        assertThat(value("wasi:random/random", "get-random-u64")).isEqualTo(0x0101010101010101L);
        assertThat((byte[]) value("wasi:random/insecure", "get-insecure-random-bytes", 64L))
                .hasSize(64);
        assertThat((Object[]) value("wasi:random/insecure-seed", "insecure-seed"))
                .hasSize(2);
        for (long tooMany : new long[] {(1 << 20) + 1, Long.MAX_VALUE, -1}) {
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> call("wasi:random/random", "get-random-bytes", tooMany))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo("randomBytesPerCall"));
        }
    }

    @Test
    void logsEveryLineOfAMessageWithItsLevelAndContext() {
        call("wasi:logging/logging", "log", Variant.of(3), "db", "slow\nquery");
        call("wasi:logging/logging", "log", Variant.of(0), "", "");
        assertThat(log.lines()).containsExactly("LOGGING WARN db|slow", "LOGGING WARN db|query", "LOGGING TRACE |");
    }

    @Test
    void answersFromTheConfiguration() {
        assertThat(value("wasi:config/store", "get", "key")).isEqualTo(Variant.ok(Variant.some("value")));
        assertThat(value("wasi:config/store", "get", "other")).isEqualTo(Variant.ok(Variant.none()));
        assertThat((List<?>) ((Variant) value("wasi:config/store", "get-all")).payload())
                .hasSize(1);
    }

    @Test
    void opensNoFileAndNoSocket() {
        Variant accessDenied = Variant.err(Variant.of(1));
        assertThat(value("wasi:filesystem/preopens", "get-directories")).isEqualTo(List.of());
        assertThat(value("wasi:sockets/tcp-create-socket", "create-tcp-socket", Variant.of(0)))
                .isEqualTo(accessDenied);
        assertThat(value("wasi:sockets/udp-create-socket", "create-udp-socket", Variant.of(1)))
                .isEqualTo(accessDenied);
        Object network = value("wasi:sockets/instance-network", "instance-network");
        assertThat(value("wasi:sockets/ip-name-lookup", "resolve-addresses", network, "localhost"))
                .isEqualTo(accessDenied);
    }

    private Object value(String interfaceName, String function, Object... arguments) {
        return Objects.requireNonNull(call(interfaceName, function, arguments));
    }

    private @Nullable Object call(String interfaceName, String function, Object... arguments) {
        return INTERFACES.stream()
                .filter(each -> each.name().equals(interfaceName))
                .map(each -> each.functions().get(function))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError(interfaceName + " has no function " + function + "."))
                .call(state, arguments);
    }
}

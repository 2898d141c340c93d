package dev.warpgrid.wasi.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.LinkedComponent;
import dev.warpgrid.component.Linker;
import dev.warpgrid.component.Variant;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.command.CommandProgram;
import dev.warpgrid.wasi.command.CommandRun;
import dev.warpgrid.wasi.files.FileQuota;
import dev.warpgrid.wasi.files.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeGuideTest {
    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", "../.."));
    private static final Path WORLD = ROOT.resolve("runtime/component/src/test/resources/guests/world.wasm");
    private static final Path COMMAND = ROOT.resolve("tests/guests/c/command.wasm");

    @TempDir
    Path folder = Path.of("");

    /** The host's side of one instance: any Java object. */
    static final class Limits {
        private final int high;

        Limits(int high) {
            this.high = high;
        }

        int of(int level) {
            return level == 0 ? 1 : high;
        }
    }

    @Test
    void callsAComponentByWitNameWithAHostFunctionInJava() throws IOException {
        try (CoreEngine engine = GraalWasmEngine.create()) {
            Component component = Component.parse(Files.readAllBytes(WORLD));
            assertThat(component.wit()).contains("import limit-of: func(l: level) -> u32;");

            HostInterface<Limits> world = HostInterface.<Limits>named(HostInterface.WORLD, "")
                    .function("limit-of", (limits, arguments) -> limits.of(((Variant) arguments[0]).index()))
                    .build();
            LinkedComponent<Limits> linked =
                    new Linker<Limits>(engine).provide(world).link(component, InstanceLimits.defaults());
            try (ComponentInstance instance = linked.instantiate(new Limits(21))) {
                assertThat(instance.function("twice").call(Variant.of(1))).isEqualTo(42);
            }

            assertThatExceptionOfType(LinkException.class)
                    .isThrownBy(() -> new Linker<Limits>(engine).link(component, InstanceLimits.defaults()))
                    .withMessageContaining("limit-of");
        }
    }

    @Test
    void runsACommandWithAFolder() throws IOException {
        try (CoreEngine engine = GraalWasmEngine.create()) {
            InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(64 << 20);
            CommandProgram program = CommandProgram.link(engine, Files.readAllBytes(COMMAND), limits);
            WasiConfig config = WasiConfig.builder()
                    .arguments(List.of("command", "write", "greeting", "hello"))
                    .folder("/", Volume.writable(folder, new FileQuota(1 << 20, 100)))
                    .build();
            try (CommandRun run = program.prepare(config)) {
                assertThat(run.run()).isZero();
            }
            assertThat(folder.resolve("greeting")).hasContent("hello");
        }
    }
}

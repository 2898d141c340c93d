package dev.warpgrid.benchmarks;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.ComponentFunction;
import dev.warpgrid.component.ComponentInstance;
import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.Linker;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A guest that gives each value to the host and what it gets back to its caller: a value is lowered twice and lifted twice
 * in one operation. The reference copies the bytes of the largest as often in plain Java.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuestCallBenchmark {
    private static final List<String> TYPES = List.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "bytes",
            "numbers", "names", "pair", "point", "shape", "color", "rights", "maybe", "outcome", "many");
    private static final int KILOBYTE = 1024;

    private final GraalWasmEngine engine = Sample.compilingEngine();
    private final ComponentInstance instance = instance(engine);
    private final ComponentFunction number = function("u32");
    private final ComponentFunction string = function("string");
    private final ComponentFunction bytes = function("bytes");
    private final ComponentFunction point = function("point");
    private final String text = "k".repeat(KILOBYTE);
    private final byte[] block = new byte[64 * KILOBYTE];
    private final Object[] record = {1, 2.0, "three"};

    private static ComponentInstance instance(GraalWasmEngine engine) {
        HostInterface.Builder<Object> values = HostInterface.named("test:host/values", "0.2.3");
        TYPES.forEach(type -> values.function("echo-" + type, (state, arguments) -> arguments[0]));
        try {
            byte[] echo = Files.readAllBytes(Path.of(System.getProperty("warpgrid.echo")));
            return new Linker<>(engine)
                    .provide(values.build())
                    .link(Component.parse(echo), InstanceLimits.defaults())
                    .instantiate(new Object());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ComponentFunction function(String type) {
        return instance.function("test:guest/values", "echo-" + type);
    }

    @TearDown
    public void stop() {
        instance.close();
        engine.close();
    }

    @Benchmark
    public @Nullable Object number() {
        return number.call(7);
    }

    @Benchmark
    public @Nullable Object stringOf1KB() {
        return string.call(text);
    }

    @Benchmark
    public @Nullable Object listOf64KB() {
        return bytes.call((Object) block);
    }

    @Benchmark
    public @Nullable Object recordOfThree() {
        return point.call((Object) record);
    }

    /** As many copies of 64 KB as the list takes. */
    @Benchmark
    public byte[] reference64KB() {
        return block.clone().clone().clone().clone();
    }
}

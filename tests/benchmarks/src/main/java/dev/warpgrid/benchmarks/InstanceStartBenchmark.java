package dev.warpgrid.benchmarks;

import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpComponent;
import dev.warpgrid.wasi.http.HttpInstance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Making an instance of the sample and ending it, and the same with its first request. Read p50 and p99. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InstanceStartBenchmark {
    private final Sample.Get request = new Sample.Get("/health");
    private final Sample.Counting sink = new Sample.Counting();
    private final GraalWasmEngine engine = Sample.compilingEngine();
    private final HttpComponent component = Sample.link(engine);

    @TearDown(Level.Trial)
    public void stop() {
        component.close();
        engine.close();
    }

    @Benchmark
    public long startAndClose() {
        try (HttpInstance instance = component.instantiate(WasiConfig.nothing())) {
            return instance.memoryBytes();
        }
    }

    @Benchmark
    public long startFirstRequestAndClose() {
        try (HttpInstance instance = component.instantiate(WasiConfig.nothing())) {
            instance.handle(request, sink);
            return sink.bytes;
        }
    }
}

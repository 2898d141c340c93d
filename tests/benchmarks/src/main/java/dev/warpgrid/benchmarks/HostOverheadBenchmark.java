package dev.warpgrid.benchmarks;

import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpComponent;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpInstance;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One request to the sample on the guest's thread, everything from the first lowered argument to the last lifted byte,
 * against the same answer made by plain Java into the same sink.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HostOverheadBenchmark {
    private static final HttpFields HEADERS =
            HttpFields.of("content-type", "text/plain").freeze();

    private final Sample.Get request = new Sample.Get("/health");
    private final Sample.Counting sink = new Sample.Counting();
    private final GraalWasmEngine engine = Sample.compilingEngine();
    private final HttpComponent component = Sample.link(engine);
    private final HttpInstance instance = component.instantiate(WasiConfig.nothing());

    @TearDown(Level.Trial)
    public void stop() {
        instance.close();
        component.close();
        engine.close();
    }

    @Benchmark
    public long sample() {
        instance.handle(request, sink);
        return sink.bytes;
    }

    @Benchmark
    public long plainJava() {
        sink.head(200, HEADERS);
        sink.write("ok\n".getBytes(StandardCharsets.UTF_8));
        sink.end(HttpFields.none());
        return sink.bytes;
    }
}

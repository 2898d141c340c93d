package dev.warpgrid.wasi.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.RecordingLog;
import dev.warpgrid.wasi.WasiConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The guests of the tests, each linked once on one engine. */
final class Guests {
    /** The most memory of the trouble maker, which grows it as far as it can. */
    static final long TROUBLE_MEMORY_BYTES = 16L << 20;

    // Enough for SpiderMonkey.
    private static final long MEMORY_BYTES = 64L << 20;

    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", "../.."));
    private static final CoreEngine ENGINE = GraalWasmEngine.create();
    private static final Map<Path, HttpComponent> LINKED = new ConcurrentHashMap<>();

    private Guests() {}

    static CoreEngine engine() {
        return ENGINE;
    }

    static HttpComponent hello() {
        return linked(ROOT.resolve("examples/hello/hello.wasm"), MEMORY_BYTES);
    }

    static HttpComponent trouble() {
        return linked(ROOT.resolve("tests/guests/c/trouble.wasm"), TROUBLE_MEMORY_BYTES);
    }

    /** A guest of tests/guests/target; the test is skipped where it was not built. */
    static HttpComponent built(String name) {
        return linked(file(name), MEMORY_BYTES);
    }

    static Component parsed(String name) {
        return Component.parse(bytes(file(name)));
    }

    private static Path file(String name) {
        Path file = ROOT.resolve("tests/guests/target").resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: " + name + " is not built; run tests/guests/build.sh");
        return file;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpComponent linked(Path file, long memoryBytes) {
        InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(memoryBytes);
        return LINKED.computeIfAbsent(file, each -> HttpComponent.link(ENGINE, Component.parse(bytes(each)), limits));
    }

    static WasiConfig configured(RecordingLog log) {
        return WasiConfig.builder().environment("WHO", "test").log(log).build();
    }

    /** One request to a fresh instance. */
    static WindowSink ask(HttpComponent guest, HttpRequest request) {
        try (HttpInstance instance = guest.instantiate(configured(new RecordingLog()))) {
            WindowSink sink = WindowSink.unbounded();
            instance.handle(request, sink);
            return sink;
        }
    }
}

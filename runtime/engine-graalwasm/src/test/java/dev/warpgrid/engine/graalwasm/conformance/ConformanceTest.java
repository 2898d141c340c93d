package dev.warpgrid.engine.graalwasm.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The Component Model's own tests, converted by {@code src/test/conformance/convert.mjs} into the folder that
 * {@code WARPGRID_CONFORMANCE} names. Skipped where there is none. Commands that need the async extension, and text
 * that no binary can hold, are counted as skipped.
 */
class ConformanceTest {
    private static @Nullable GraalWasmEngine engine;

    @BeforeAll
    static void startEngine() {
        engine = GraalWasmEngine.create();
    }

    @AfterAll
    static void closeEngine() {
        GraalWasmEngine started = engine;
        if (started != null) {
            started.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> runsTheReferenceTests() throws IOException {
        String given = System.getenv("WARPGRID_CONFORMANCE");
        Path root =
                given != null ? Path.of(given) : Path.of(System.getProperty("warpgrid.root", "."), "../conformance");
        Assumptions.assumeTrue(
                Files.isDirectory(root),
                "No converted tests: set WARPGRID_CONFORMANCE to convert.mjs's output folder.");
        List<Path> scripts;
        try (Stream<Path> files = Files.walk(root)) {
            scripts = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        Assumptions.assumeFalse(scripts.isEmpty(), "No converted tests in " + root + ": run convert.mjs first.");
        return scripts.stream()
                .map(script -> DynamicTest.dynamicTest(root.relativize(script).toString(), () -> run(root, script)));
    }

    private static void run(Path root, Path script) throws IOException {
        GraalWasmEngine started = engine;
        assertThat(started).isNotNull();
        if (started == null) {
            return;
        }
        try (WastScript wast = new WastScript(started, root)) {
            wast.run(script);
            System.out.println(root.relativize(script) + ": " + wast.passed + " passed, " + wast.skipped + " skipped, "
                    + wast.failures.size() + " failed");
            assertThat(wast.failures).as("failed commands of " + script).isEmpty();
        }
    }
}

package dev.warpgrid.engine.graalwasm.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    /** How many commands fail in a file, and why that is so; a file not named here has none. */
    private static final Map<String, Integer> KNOWN_FAILURES = Map.of(
            // Wants a trap where CanonicalABI.md of the same date, "Component Instance State", allows the call.
            "async/trap-on-reenter.json", 2,
            // A core type of the garbage collection proposal.
            "binary/binary.json", 1,
            // Attributes of names are read and not checked.
            "validation/attributes.json", 13,
            // The instructions of core modules are checked by the engine, when a component is linked.
            "validation/core-modules.json", 1,
            // That a type used by an export has itself a name outside is not checked.
            "validation/external-visibility.json", 38,
            "validation/annotated-names.json", 1,
            // Sizes are those of 32-bit memories.
            "validation/max-value-size.json", 1,
            // Component and instance types are not searched for resources.
            "validation/outer-alias.json", 2,
            // An export ascribed (sub resource) stays the same type inside the component.
            "validation/resources.json", 1);

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
            int known = KNOWN_FAILURES.getOrDefault(root.relativize(script).toString(), 0);
            assertThat(wast.failures).as("failed commands of " + script).hasSize(known);
        }
    }
}

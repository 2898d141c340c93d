package dev.warpgrid.component.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.conformance.WastResult.Reason;
import dev.warpgrid.component.engine.CoreEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs .wast files that {@code build/conformance.sh convert} turned into binaries and commands under
 * {@code target/conformance}: the Component Model's own tests, and what folders {@code WARPGRID_CONFORMANCE} names.
 * Skipped where there are none. A subclass gives the engine. In the reference tests a command may go unexecuted for a
 * reason named here only; in other folders nothing may fail. Results are left for {@code build/conformance.sh table}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceSuite {
    private static final String REFERENCE = "component-model/";
    private static final String ASYNC_FOLDER = REFERENCE + "async/";
    /** Files outside of the folder of async tests that use parts of async. */
    private static final Set<String> PARTLY_ASYNC = Set.of("binary/binary", "values/post-return", "values/variants");

    private static final Map<String, Failing> CONTRADICTED = Map.of(
            "async/trap-on-reenter",
            new Failing(2, "a trap is wanted where CanonicalABI.md allows a parent and its child to call each other"));

    private final Map<String, WastResult> results = new TreeMap<>();

    /**
     * Commands of a reference file that are known to fail.
     *
     * @param why a cause that does not lie in this host
     */
    public record Failing(int commands, String why) {}

    protected abstract CoreEngine engine();

    /** A name for files, as {@code graalwasm}. */
    protected abstract String engineName();

    /** Reference files that need a core proposal which the engine lacks. */
    protected abstract Set<String> beyondEngine();

    /** Reference files in which a defect of the engine shows. */
    protected Map<String, Failing> engineDefects() {
        return Map.of();
    }

    private Optional<Failing> failing(String name) {
        if (!name.startsWith(REFERENCE)) {
            return Optional.empty();
        }
        String file = name.substring(REFERENCE.length());
        return Optional.ofNullable(
                CONTRADICTED.getOrDefault(file, engineDefects().get(file)));
    }

    @TestFactory
    Stream<DynamicTest> runsTheConvertedScripts() throws IOException {
        Path root = Path.of(System.getProperty("warpgrid.root", "."), "target/conformance/scripts");
        Assumptions.assumeTrue(
                Files.isDirectory(root),
                "No .wast file was converted: ./verify converts those of ../shared/conformance and of the folders that"
                        + " WARPGRID_CONFORMANCE names, as build/conformance.sh convert does by itself.");
        List<Path> scripts;
        try (Stream<Path> files = Files.walk(root)) {
            scripts = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        return scripts.stream().map(script -> {
            String name = root.relativize(script).toString().replace(".json", "");
            return DynamicTest.dynamicTest(name, () -> run(root, script, name));
        });
    }

    private void run(Path root, Path script, String name) throws IOException {
        Path suite = root.resolve(root.relativize(script).getName(0));
        try (WastScript wast = new WastScript(engine(), suite)) {
            WastResult result = wast.run(script);
            results.put(name, result);
            assertThat(result.failures)
                    .as("failed commands of %s: %s", name, result)
                    .hasSize(failing(name).map(Failing::commands).orElse(0));
            if (name.startsWith(REFERENCE)) {
                requireExecuted(name, result);
            }
        }
    }

    private void requireExecuted(String name, WastResult result) {
        String file = name.substring(REFERENCE.length());
        assertThat(result.skipped(Reason.HOST))
                .as("imports missing in %s", name)
                .isZero();
        if (!name.startsWith(ASYNC_FOLDER) && !PARTLY_ASYNC.contains(file)) {
            assertThat(result.skipped(Reason.ASYNC))
                    .as("async in %s: %s", name, result)
                    .isZero();
        }
        if (!beyondEngine().contains(file)) {
            assertThat(result.skipped(Reason.ENGINE))
                    .as("refused by the engine in %s: %s", name, result)
                    .isZero();
        }
    }

    @AfterAll
    void leaveResults() throws IOException {
        if (results.isEmpty()) {
            return;
        }
        Path folder = Path.of(System.getProperty("warpgrid.root", "."), "target/conformance");
        StringBuilder lines = new StringBuilder();
        results.forEach((name, result) -> lines.append(name)
                .append('\t')
                .append(result.passed)
                .append('\t')
                .append(result.failures.size())
                .append('\t')
                .append(failing(name).map(each -> each.why() + "; ").orElse(""))
                .append(result.remarks())
                .append('\n'));
        Files.writeString(folder.resolve("results-" + engineName() + ".tsv"), lines);
    }
}

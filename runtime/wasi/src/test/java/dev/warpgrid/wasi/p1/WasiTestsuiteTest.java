package dev.warpgrid.wasi.p1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.Collected;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.files.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the prebuilt preview 1 programs of the wasi-testsuite (its branch prod/testsuite-base) from the folder that
 * WARPGRID_WASI_TESTSUITE names; skipped without it. Writes a table to target/wasi-testsuite.md.
 */
class WasiTestsuiteTest {
    private static final String FOLDER = "WARPGRID_WASI_TESTSUITE";
    private static final InstanceLimits LIMITS = InstanceLimits.defaults().withMemoryBytes(64 << 20);
    /** Programs that do not pass, each with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of();

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path scratch = Path.of("");

    /** What a program's JSON file says of it. */
    private record Program(
            List<String> arguments,
            Map<String, String> environment,
            String root,
            int exitCode,
            @Nullable String output) {
        static Program of(Path wasm) throws IOException {
            Path file = wasm.resolveSibling(wasm.getFileName().toString().replace(".wasm", ".json"));
            String json = Files.exists(file) ? Files.readString(file) : "{}";
            List<String> pairs = strings(part(json, "env", '{', '}'));
            Map<String, String> environment = new TreeMap<>();
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                environment.put(pairs.get(i), pairs.get(i + 1));
            }
            List<String> root = strings(value(json, "root"));
            List<String> output = strings(value(json, "stdout"));
            Matcher code = Pattern.compile("\"exit_code\"\\s*:\\s*(\\d+)").matcher(json);
            return new Program(
                    strings(part(json, "args", '[', ']')),
                    environment,
                    root.isEmpty() ? "" : root.getFirst(),
                    code.find() ? Integer.parseInt(code.group(1)) : 0,
                    output.isEmpty() ? null : output.getFirst());
        }

        private static String part(String json, String name, char open, char close) {
            int at = json.indexOf('"' + name + '"');
            int begin = at < 0 ? -1 : json.indexOf(open, at);
            return begin < 0 ? "" : json.substring(begin, json.indexOf(close, begin));
        }

        private static String value(String json, String name) {
            Matcher found = Pattern.compile('"' + name + "\"\\s*:\\s*(" + STRING.pattern() + ")")
                    .matcher(json);
            return found.find() ? found.group(1) : "";
        }

        private static List<String> strings(String json) {
            return STRING.matcher(json)
                    .results()
                    .map(found -> found.group(1).replace("\\\"", "\"").replace("\\n", "\n"))
                    .toList();
        }
    }

    @Test
    void runsEveryProgram() throws IOException {
        String folder = System.getenv(FOLDER);
        assumeTrue(
                folder != null && !folder.isEmpty(), "skipped: " + FOLDER + " names no folder of the wasi-testsuite");
        List<String> table = new ArrayList<>(List.of("| program | result |", "|---|---|"));
        List<String> failed = new ArrayList<>();
        int passed = 0;
        try (CoreEngine engine = GraalWasmEngine.create()) {
            for (Path wasm : programs(Path.of(folder))) {
                String name = wasm.getFileName().toString().replace(".wasm", "");
                String problem = problem(engine, wasm);
                String reason = EXCEPTIONS.get(name);
                if (problem == null) {
                    passed++;
                    table.add("| " + name + " | passed |");
                } else if (reason != null) {
                    table.add("| " + name + " | exception: " + reason + " |");
                } else {
                    failed.add(name + ": " + problem);
                    table.add("| " + name + " | **failed**: " + problem.replace("\n", " ") + " |");
                }
            }
        }
        table.add("");
        table.add(passed + " of " + (table.size() - 3) + " programs pass.");
        Files.write(Path.of("target", "wasi-testsuite.md"), table);
        System.out.println(String.join("\n", table));
        assertThat(failed).isEmpty();
        assertThat(passed).isPositive();
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .filter(file -> file.toString().contains("/wasm32-wasip1/"))
                    .sorted()
                    .toList();
        }
    }

    private @Nullable String problem(CoreEngine engine, Path wasm) throws IOException {
        Program program = Program.of(wasm);
        Collected output = new Collected();
        Collected error = new Collected();
        List<String> arguments = new ArrayList<>(List.of(wasm.getFileName().toString()));
        arguments.addAll(program.arguments());
        WasiConfig.Builder config = WasiConfig.builder()
                .arguments(arguments)
                .environment(program.environment())
                .stdio(output.asOutput(error));
        if (program.environment().isEmpty() && !wasm.toString().contains("assemblyscript")) {
            config.environment("ERRNO_MODE_UNIX", "1");
        }
        if (!program.root().isEmpty()) {
            config.folder("/", Volume.writable(copy(wasm.resolveSibling(program.root()))));
        }
        try (Preview1Instance instance =
                Preview1Module.link(engine, Files.readAllBytes(wasm), LIMITS).instantiate(config.build())) {
            int code = instance.run();
            if (code != program.exitCode()) {
                return "exit code " + code + ": " + error.text();
            }
        } catch (RuntimeException e) {
            return e + ": " + error.text();
        }
        String expected = program.output();
        return expected == null || expected.equals(output.text()) ? null : "printed " + output.text();
    }

    /** The programs change their folder, and the next one wants it as it was. */
    private Path copy(Path root) throws IOException {
        Path target = Files.createTempDirectory(scratch, "root");
        if (!Files.isDirectory(root)) {
            return target;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(root.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return target;
    }
}

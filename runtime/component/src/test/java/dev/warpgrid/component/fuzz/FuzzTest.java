package dev.warpgrid.component.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Coverage-guided fuzzing by Jazzer in a process of its own, for {@code warpgrid.fuzz.seconds} each: short in every
 * build, ten minutes with {@code -Pnightly}. An input that took too long or too much memory is a finding too. What was
 * found lies in {@code target/fuzz}; mended, it goes into {@code src/test/fuzz} and is run by every build.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("warpgrid.fuzz.seconds", 8);
    private static final int INPUT_SECONDS = 10;
    private static final Path SEEDS = Path.of("src/test/fuzz");

    @ParameterizedTest
    @ValueSource(strings = {"DecoderFuzzer", "ValidatorFuzzer", "AbiFuzzer"})
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void findsNothing(String target) throws IOException, InterruptedException {
        Path work = Path.of("target/fuzz", target);
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path findings = Files.createDirectories(work.resolve("findings"));
        Path log = work.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + getClass().getPackageName() + "." + target,
                "--instrumentation_includes=dev.warpgrid.**",
                // The hooks look for injections into databases and shells, of which there are none here.
                "--disabled_hooks=com.code_intelligence.**",
                "--reproducer_path=" + findings,
                corpus.toString()));
        seedFolders(target).forEach(folder -> command.add(folder.toString()));
        command.addAll(List.of(
                "-max_total_time=" + SECONDS,
                "-timeout=" + INPUT_SECONDS,
                "-rss_limit_mb=2500",
                "-max_len=4096",
                "-artifact_prefix=" + findings + File.separator,
                "-print_final_stats=1"));

        Process fuzzer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = fuzzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS);
            String text = Files.readString(log);
            assertThat(ended).as("the fuzzer ends by itself: %s", text).isTrue();
            assertThat(fuzzer.exitValue())
                    .as("findings of %s: %s", target, text)
                    .isZero();
            assertThat(text).as("inputs that were tried").contains("stat::number_of_executed_units");
            System.out.println(target + ": "
                    + text.lines()
                            .filter(line -> line.startsWith("stat::number_of_executed_units"))
                            .findFirst()
                            .orElse(""));
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    private static List<Path> seedFolders(String target) {
        List<Path> folders = new ArrayList<>();
        folders.add(SEEDS.resolve(target));
        if (target.equals("DecoderFuzzer")) {
            folders.add(Path.of("src/test/resources/guests"));
        }
        return folders.stream().filter(Files::isDirectory).toList();
    }

    /**
     * The class path of this test without JUnit, since Jazzer runs any it finds and is made for another version.
     * Surefire may have packed the path into the manifest of a jar, and leaves it in a property.
     */
    private static String classPath() {
        String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(whole.split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @TestFactory
    Stream<DynamicTest> staysMended() throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.walk(SEEDS)) {
            inputs = files.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        return inputs.stream()
                .map(input -> DynamicTest.dynamicTest(SEEDS.relativize(input).toString(), () -> {
                    byte[] bytes = Files.readAllBytes(input);
                    switch (input.getName(SEEDS.getNameCount()).toString()) {
                        case "DecoderFuzzer" -> DecoderFuzzer.fuzzerTestOneInput(bytes);
                        case "ValidatorFuzzer" -> ValidatorFuzzer.fuzzerTestOneInput(bytes);
                        case "AbiFuzzer" -> AbiFuzzer.fuzzerTestOneInput(bytes);
                        default -> throw new IllegalStateException("No target reads " + input);
                    }
                }));
    }
}

package dev.warpgrid.wasi.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.ByteSource;
import dev.warpgrid.wasi.Collected;
import dev.warpgrid.wasi.Stdio;
import dev.warpgrid.wasi.WasiConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The command of tests/guests as a module and as a component, and others that are built there. */
final class Commands {
    static final String MODULE = "c/command.wasm";
    static final String COMPONENT = "target/command-component.wasm";
    private static final Path ROOT = Path.of(System.getProperty("warpgrid.root", "../.."), "tests/guests");
    private static final CoreEngine ENGINE = GraalWasmEngine.create();
    private static final Map<String, CommandProgram> LINKED = new ConcurrentHashMap<>();

    /** How a run ended. */
    record Result(int code, String output) {}

    private Commands() {}

    static CommandProgram program(String name) {
        Path file = ROOT.resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: " + name + " is not built; run tests/guests/build.sh");
        return LINKED.computeIfAbsent(name, each -> {
            InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(256L << 20);
            return CommandProgram.link(ENGINE, bytes(file), limits);
        });
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result run(String name, WasiConfig config, String... arguments) {
        return runWithInput(name, config, "", arguments);
    }

    static Result runWithInput(String name, WasiConfig config, String input, String... arguments) {
        Collected output = new Collected();
        List<String> all = new ArrayList<>(List.of("command"));
        all.addAll(List.of(arguments));
        Stdio stdio = new Stdio(new Text(input.getBytes(StandardCharsets.UTF_8)), output, output, false, false, false);
        try (CommandRun run = program(name)
                .prepare(config.change().arguments(all).stdio(stdio).build())) {
            int code = run.run();
            return new Result(code, output.text());
        }
    }

    /** A text that comes in pieces of three bytes. */
    private static final class Text implements ByteSource {
        private static final int PIECE_BYTES = 3;

        private final byte[] bytes;
        private int at;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int available() {
            return at == bytes.length ? -1 : Math.min(PIECE_BYTES, bytes.length - at);
        }

        @Override
        public byte[] read(int maxBytes) {
            int from = at;
            at += Math.min(maxBytes, Math.min(PIECE_BYTES, bytes.length - at));
            return Arrays.copyOfRange(bytes, from, at);
        }

        @Override
        public void await(long nanos) {}

        @Override
        public boolean wake(@Nullable Runnable waker) {
            return true;
        }
    }
}

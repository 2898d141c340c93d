package dev.warpgrid.tool;

import dev.warpgrid.component.ComponentException;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.Stdio;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.command.CommandProgram;
import dev.warpgrid.wasi.command.CommandRun;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Entry of the tool. The exit status is the guest's own where it ended by itself. */
public final class Main {
    /** As a shell says of a program that was ended by a signal of its own doing. */
    private static final int TRAPPED = 134;

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_FOUND = 3;
    // Guests recurse in the engine's frames, which are larger than their own.
    private static final long STACK_BYTES = 64L << 20;

    private Main() {}

    public static void main(String[] words) throws InterruptedException {
        AtomicInteger status = new AtomicInteger(FAILED);
        Thread guest = new Thread(null, () -> status.set(run(List.of(words))), "guest", STACK_BYTES);
        guest.start();
        guest.join();
        // Whatever waits for input or answers a request ends with the process.
        Runtime.getRuntime().halt(status.get());
    }

    private static int run(List<String> words) {
        PrintStream notes = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            ToolOptions options = ToolOptions.parse(words);
            if (!Files.isRegularFile(options.file())) {
                notes.println("There is no file " + options.file() + ": check its name and the folder you are in.");
                return NOT_FOUND;
            }
            byte[] wasm = Files.readAllBytes(options.file());
            InstanceLimits limits = InstanceLimits.defaults().withMemoryBytes(options.memoryBytes());
            CoreEngine engine = GraalWasmEngine.create();
            return options.serve()
                    ? Server.serve(engine, wasm, limits, options, notes)
                    : command(engine, wasm, limits, options);
        } catch (TrapException e) {
            notes.println(e.getMessage());
            return TRAPPED;
        } catch (UsageException e) {
            notes.println(e.getMessage());
            return USAGE;
        } catch (ComponentException e) {
            notes.println(e.getMessage());
            return FAILED;
        } catch (IOException e) {
            notes.println("It could not be done: " + e.getMessage());
            return FAILED;
        }
    }

    private static int command(CoreEngine engine, byte[] wasm, InstanceLimits limits, ToolOptions options) {
        CommandProgram program = CommandProgram.link(engine, wasm, limits);
        Stdio stdio = new Stdio(
                new InputPump(new FileInputStream(FileDescriptor.in)),
                new StreamSink(new FileOutputStream(FileDescriptor.out)),
                new StreamSink(new FileOutputStream(FileDescriptor.err)),
                options.terminals().input(),
                options.terminals().output(),
                options.terminals().error());
        WasiLimits generous =
                WasiLimits.defaults().withOpenFiles(4096).withOpenStreams(4096).withOutputBytes(Long.MAX_VALUE);
        try (CommandRun run =
                program.prepare(options.config().stdio(stdio).limits(generous).build())) {
            return run.run();
        }
    }
}

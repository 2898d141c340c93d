package dev.warpgrid.cli.command;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.model.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a guest that runs without a grid is given: {@code warp run} and {@code warp serve} share it. */
final class GuestOptions {
    private static final long LARGEST_MEMORY_BYTES = 1L << 32;

    @Option(
            names = "--dir",
            paramLabel = "HOST::GUEST",
            description =
                    "Folder of this machine under a path of the guest; :ro at the end makes it read-only. May be repeated.")
    private @Nullable List<String> folders;

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "Environment variable; may be repeated.")
    private @Nullable List<String> environment;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of one instance, such as 64MiB; 1GiB by default.")
    private @Nullable String memory;

    /** The words of the tool up to the file. */
    List<String> words(String verb, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(
                    ExitCode.NOT_FOUND, "There is no file " + file + ": check its name and the folder you are in.");
        }
        List<String> words = new ArrayList<>(List.of(verb));
        if (folders != null) {
            folders.forEach(folder -> words.addAll(List.of("--dir", folder)));
        }
        if (environment != null) {
            environment.forEach(variable -> words.addAll(List.of("--env", variable)));
        }
        if (memory != null) {
            long bytes = ByteSize.parse(memory).bytes();
            if (bytes > LARGEST_MEMORY_BYTES) {
                throw new Failure(ExitCode.USAGE, "The option --memory takes 4GiB at most, and got " + memory + ".");
            }
            words.addAll(List.of("--memory-bytes", Long.toString(bytes)));
        }
        return words;
    }
}

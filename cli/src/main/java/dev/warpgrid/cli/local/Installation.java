package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built parts, below the folder that holds the launcher.
 *
 * @param root that folder
 */
public record Installation(Path root) {
    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    public Path postgresql() {
        return root.resolve("cli/target/dist/postgresql");
    }

    public Path server() {
        return root.resolve("server/target/dist");
    }

    public Path agent() {
        return root.resolve("agent/target/dist");
    }

    /** What runs one guest without a grid. */
    public Path tool() {
        return root.resolve("runtime/tool/target/dist");
    }

    public Path sample() {
        return root.resolve("examples/hello/hello.wasm");
    }

    /** Whether server and agent were built; how old they are is the launcher's business. */
    public boolean built() {
        return Files.isDirectory(server().resolve("wlp"))
                && Files.isDirectory(server().resolve("apps"))
                && Files.isDirectory(agent().resolve("lib"));
    }

    /** The JDK this command runs on, which is the one that the build chose. */
    public static Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE,
                    "There is no java in " + java + ": install a JDK 25 and set JAVA_HOME.");
        }
        return java;
    }
}

package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One guest in a JVM of its own, which has the engine and its compiler; this command lends it the standard streams and waits.
 * What ends this command by a signal of the terminal ends the other too.
 */
public final class GuestProcess {
    private static final String MAIN = "dev.warpgrid.tool.Main";

    private GuestProcess() {}

    /**
     * Runs it to its end.
     *
     * @param words what the tool is to do
     * @return its exit status
     */
    public static int run(Installation installation, List<String> words) throws InterruptedException {
        Path dist = installation.tool();
        if (!Files.isDirectory(dist.resolve("lib"))) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE,
                    "The runtime is not built: start this command by the launcher ./warp, which builds it.");
        }
        List<String> command = new ArrayList<>(List.of(
                Installation.java().toString(),
                "@" + dist.resolve("jvm.options"),
                "--upgrade-module-path=" + dist.resolve("compiler"),
                "-cp",
                dist.resolve("lib") + "/*",
                MAIN));
        command.addAll(words);
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE, "The runtime could not be started (" + e.getMessage() + ").", e);
        }
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        return status;
    }
}

package dev.warpgrid.cli.local;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs that outlive this command: in a session of their own, without a terminal, with a log file. */
final class Detached {
    private static final int OLD_LOGS = 5;

    private Detached() {}

    /**
     * @param environment added to this process's own
     * @param log older ones are kept as {@code log.1} to {@code log.5}
     */
    static ProcessIdentity start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        List<String> detached = new ArrayList<>();
        detached.add("setsid");
        detached.addAll(command);
        try {
            rotate(log);
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return ProcessIdentity.of(process.pid()).orElseThrow(() -> new IOException("it ended at once; see " + log));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.MISSING_PREREQUISITE,
                    command.getFirst() + " could not be started (" + e.getMessage()
                            + "): check that it is there, and setsid (util-linux) too.",
                    e);
        }
    }

    private static void rotate(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) == 0) {
            return;
        }
        for (int i = OLD_LOGS; i > 0; i--) {
            Path older = Path.of(log + (i == 1 ? "" : "." + (i - 1)));
            if (Files.exists(older)) {
                Files.move(older, Path.of(log + "." + i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

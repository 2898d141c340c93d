package dev.warpgrid.cli.command;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "logout",
        description = "Forgets the grid of warp login; commands then mean the one of this machine again.")
final class LogoutCommand extends GridCommand {
    @Override
    public Integer call() {
        Path file = environment().configFile();
        try {
            boolean was = Files.deleteIfExists(file);
            if (json()) {
                answerJson(Map.of("forgotten", was));
            } else {
                console()
                        .answer(
                                was
                                        ? "Forgotten; its token lasts until it expires or is revoked."
                                        : "You were not signed in.");
            }
            return done();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE, "The configuration " + file + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }
}

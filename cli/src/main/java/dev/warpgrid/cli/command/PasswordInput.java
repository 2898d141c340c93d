package dev.warpgrid.cli.command;

import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passwords, asked for at a terminal without showing them, or read from standard input, one in each line. */
final class PasswordInput {
    private @Nullable BufferedReader lines;

    /** @param command for the error where there is none */
    String read(String question, String command) {
        if (isTerminal()) {
            return Optional.ofNullable(System.console())
                    .map(terminal -> terminal.readPassword("%s: ", question))
                    .map(String::new)
                    .orElse("");
        }
        try {
            if (lines == null) {
                lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            }
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw new Failure(
                        ExitCode.USAGE,
                        "There is no password on standard input: pipe it in, or run " + command + " at a terminal.");
            }
            return line;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILURE, "The password could not be read (" + e.getMessage() + ").", e);
        }
    }

    /** At a terminal twice, because nobody sees what is typed. */
    String readNew(String question, String command) {
        String password = read(question, command);
        if (isTerminal() && !password.equals(read("Once more", command))) {
            throw new Failure(ExitCode.USAGE, "The two passwords differ: run " + command + " again.");
        }
        return password;
    }

    private static boolean isTerminal() {
        return Boolean.getBoolean("warp.input.terminal");
    }
}

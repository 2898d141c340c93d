package dev.warpgrid.cli;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the command. The message is one sentence with cause and remedy. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final transient @Nullable JsonObject problem;

    public Failure(ExitCode exitCode, String message) {
        this(exitCode, message, null, null);
    }

    public Failure(ExitCode exitCode, String message, Throwable cause) {
        this(exitCode, message, null, cause);
    }

    /** @param problem what the server answered, where it answered */
    public Failure(ExitCode exitCode, String message, @Nullable JsonObject problem, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public Optional<JsonObject> problem() {
        return Optional.ofNullable(problem);
    }

    /** The sentence. */
    public String sentence() {
        String message = getMessage();
        return message == null ? exitCode.name() : message;
    }
}

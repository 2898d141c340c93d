package dev.warpgrid.cli;

/** What the command's exit status says; scripts may rely on the numbers. */
public enum ExitCode {
    OK(0),
    /** It could not be done; the sentence on standard error says why. */
    FAILURE(1),
    /** The command line itself is wrong. */
    USAGE(2),
    /** What was named is not there. */
    NOT_FOUND(3),
    /** It is taken, in use, or has changed in the meantime. */
    CONFLICT(4),
    /** Not signed in, or not allowed. */
    DENIED(5),
    /** The grid, or something it stands on, does not answer. */
    UNAVAILABLE(6),
    /** It was accepted and is not ready in the time given. */
    NOT_READY(7),
    /** What was compared is not the same. */
    DIFFERENT(8),
    /** Something this machine must have is missing. */
    MISSING_PREREQUISITE(69),
    /** Only between the launcher and the command: build the server and the agent, then ask again. */
    BUILD_NEEDED(85);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The exit status for an HTTP answer that is no success. */
    public static ExitCode ofHttp(int httpStatus) {
        return switch (httpStatus) {
            case 401, 403 -> DENIED;
            case 404, 410 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> FAILURE;
        };
    }
}

package dev.warpgrid.agent.guest;

/** A guest trapped or broke a rule of its host; the message is one sentence. */
public final class GuestCrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuestCrashException(String message, Throwable cause) {
        super(message, cause);
    }

    public GuestCrashException(String message) {
        super(message);
    }
}

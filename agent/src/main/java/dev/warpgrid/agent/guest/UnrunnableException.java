package dev.warpgrid.agent.guest;

/** An artifact cannot run on this node; the message is one sentence with the cause. */
public final class UnrunnableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnrunnableException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnrunnableException(String message) {
        super(message);
    }
}

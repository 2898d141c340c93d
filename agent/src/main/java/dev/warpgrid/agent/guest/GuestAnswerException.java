package dev.warpgrid.agent.guest;

/** A guest ended its call without a response; the instance stays usable. */
public final class GuestAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuestAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

    public GuestAnswerException(String message) {
        super(message);
    }
}

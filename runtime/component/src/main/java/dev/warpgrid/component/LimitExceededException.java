package dev.warpgrid.component;

/** A component needs more than a limit allows; the message names the need and the limit. */
public class LimitExceededException extends ComponentException {
    private static final long serialVersionUID = 1L;

    private final String limit;

    public LimitExceededException(String limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** The limit's name, as the record component that holds it: {@code memoryBytes}. */
    public String limit() {
        return limit;
    }
}

package dev.warpgrid.component;

/** The bytes are not a valid component, or not within the reader's limits of what a component may be. */
public class MalformedComponentException extends ComponentException {
    private static final long serialVersionUID = 1L;

    private final String detail;
    private final long offset;

    public MalformedComponentException(String message, long offset) {
        super(message + " (at byte " + offset + ")");
        this.detail = message;
        this.offset = offset;
    }

    /** The same failure, of a part that begins at a byte of the whole. */
    MalformedComponentException within(long begin) {
        return new MalformedComponentException(detail, begin + offset);
    }

    /** Where in the binary, in bytes from its start. */
    public long offset() {
        return offset;
    }
}

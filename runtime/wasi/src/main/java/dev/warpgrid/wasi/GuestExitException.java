package dev.warpgrid.wasi;

/** The guest called {@code wasi:cli/exit}: its call ends here, and its instance with it. */
public final class GuestExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public GuestExitException(int code) {
        super("The guest called exit with code " + code + ".", null, false, false);
        this.code = code;
    }

    /** 0 to 255; 0 is success. */
    public int code() {
        return code;
    }
}

package dev.warpgrid.wasi.p1;

/** Ends a host function with an error number for the guest. Without a stack trace: guests cause it at will. */
final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    ErrnoException(int errno) {
        super("A function of preview 1 failed with errno " + errno + ".", null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}

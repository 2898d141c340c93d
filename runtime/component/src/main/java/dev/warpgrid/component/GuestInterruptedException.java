package dev.warpgrid.component;

/**
 * Thrown by a host function whose wait was interrupted, after it restored the thread's interrupt flag: the guest's call
 * then ends with a {@link TrapException} of kind {@code INTERRUPTED}.
 */
public class GuestInterruptedException extends ComponentException {
    private static final long serialVersionUID = 1L;

    public GuestInterruptedException(String message) {
        super(message);
    }

    public GuestInterruptedException(String message, InterruptedException cause) {
        super(message, cause);
    }
}

package dev.warpgrid.wasi;

/** The guest broke a rule of WASI for which the specification says that the call traps; the message names the rule. */
public final class GuestFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuestFaultException(String message) {
        super(message, null, false, false);
    }
}

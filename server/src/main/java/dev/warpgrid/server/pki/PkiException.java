package dev.warpgrid.server.pki;

/** A certificate, key or request that cannot be used; the message says why and what to do. */
public class PkiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PkiException(String message) {
        super(message);
    }

    public PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.warpgrid.server.persistence;

/** The database was away or refused a statement; the transaction is over. */
public class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}

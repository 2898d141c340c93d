package dev.warpgrid.component;

/** The component exports no such interface or function. */
public class NoSuchExportException extends ComponentException {
    private static final long serialVersionUID = 1L;

    public NoSuchExportException(String message) {
        super(message);
    }
}

package dev.warpgrid.wasi.files;

/** A file operation failed in a way that the guest is told of. Without a stack trace: guests cause it at will. */
public final class FileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FileError error;

    public FileException(FileError error) {
        super("A file operation failed: " + error + ".", null, false, false);
        this.error = error;
    }

    public FileError error() {
        return error;
    }
}

package dev.warpgrid.wasi.files;

/**
 * How a guest opens a name.
 *
 * @param create    make a regular file where there is nothing
 * @param exclusive fail where there is something, with {@code create}
 * @param truncate  make it empty, which needs no {@code write}
 * @param directory fail unless it is a folder
 * @param sync      each write waits for the device, with {@code dataSync} but for timestamps
 */
public record OpenMode(
        boolean read,
        boolean write,
        boolean create,
        boolean exclusive,
        boolean truncate,
        boolean directory,
        boolean sync,
        boolean dataSync) {
    /** To read what is there. */
    public static OpenMode reading() {
        return new OpenMode(true, false, false, false, false, false, false, false);
    }

    int accessFlags() {
        boolean changes = write || truncate;
        int access = changes ? (read ? Posix.READ_WRITE : Posix.WRITE_ONLY) : Posix.READ_ONLY;
        return access | (sync ? Posix.SYNC : 0) | (dataSync ? Posix.DATA_SYNC : 0);
    }
}

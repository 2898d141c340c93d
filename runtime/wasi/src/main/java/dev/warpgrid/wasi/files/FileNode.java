package dev.warpgrid.wasi.files;

/**
 * An open file or folder. Used by one thread at a time; has to be closed.
 */
public abstract sealed class FileNode implements AutoCloseable permits Directory, RegularFile {
    private final Volume volume;
    private final int descriptor;
    private boolean closed;

    FileNode(Volume volume, int descriptor) {
        this.volume = volume;
        this.descriptor = descriptor;
    }

    public final Volume volume() {
        return volume;
    }

    final int descriptor() {
        if (closed) {
            throw new FileException(FileError.BAD_DESCRIPTOR);
        }
        return descriptor;
    }

    public final FileStat stat() {
        return Posix.stat(descriptor());
    }

    public final void setTimes(TimeChange accessed, TimeChange modified) {
        volume.requireWritable();
        Posix.setTimes(descriptor(), accessed, modified);
    }

    /** Waits until what was written is on the device; with {@code dataOnly} but for its timestamps. */
    public final void sync(boolean dataOnly) {
        Posix.sync(descriptor(), dataOnly);
    }

    /** Whether both stand for the same object of the file system. */
    public final boolean sameObject(FileNode other) {
        return stat().sameObject(other.stat());
    }

    abstract void beforeClose();

    @Override
    public final void close() {
        if (!closed) {
            beforeClose();
            closed = true;
            Posix.close(descriptor);
        }
    }
}

package dev.warpgrid.wasi.files;

import org.jspecify.annotations.Nullable;

/** An open regular file. Offsets are bytes from its start. Whatever fails throws a {@link FileException}. */
public final class RegularFile extends FileNode {
    private final boolean readable;
    private final boolean writable;
    private final @Nullable Inode inode;

    RegularFile(Volume volume, int descriptor, boolean readable, boolean writable) {
        super(volume, descriptor);
        this.readable = readable;
        this.writable = writable;
        this.inode = volume.counted() ? volume.opened(descriptor) : null;
    }

    @Override
    void beforeClose() {
        if (inode != null) {
            volume().closed(inode, descriptor());
        }
    }

    public boolean readable() {
        return readable;
    }

    public boolean writable() {
        return writable;
    }

    public long size() {
        return Posix.size(descriptor());
    }

    /** Reads at a position; answers how many bytes there were, 0 at the end. */
    public int read(byte[] target, int offset, int length, long position) {
        if (!readable) {
            throw new FileException(FileError.BAD_DESCRIPTOR);
        }
        if (position < 0) {
            throw new FileException(FileError.INVALID);
        }
        return Posix.read(descriptor(), target, offset, length, position);
    }

    /** Writes at a position, past the end too; answers how many bytes went in. */
    public int write(byte[] source, int offset, int length, long position) {
        requireWritable();
        if (position < 0) {
            throw new FileException(FileError.INVALID);
        }
        if (position > Long.MAX_VALUE - length) {
            throw new FileException(FileError.FILE_TOO_LARGE);
        }
        Inode counted = inode;
        if (counted == null || length == 0) {
            return Posix.write(descriptor(), source, offset, length, position);
        }
        synchronized (counted) {
            long before = size();
            long growth = Math.max(0, position + length - before);
            return grow(growth, before, () -> Posix.write(descriptor(), source, offset, length, position));
        }
    }

    /** Writes at the end, wherever that is by then; answers how many bytes went in. */
    public int append(byte[] source, int offset, int length) {
        requireWritable();
        synchronized (inode == null ? this : inode) {
            return write(source, offset, length, size());
        }
    }

    /** Cuts the file or fills it up with zeroes. */
    public void truncate(long size) {
        requireWritable();
        if (size < 0) {
            throw new FileException(FileError.INVALID);
        }
        resize(size);
    }

    void resize(long size) {
        Inode counted = inode;
        if (counted == null) {
            Posix.truncate(descriptor(), size);
            return;
        }
        synchronized (counted) {
            long before = size();
            if (size > before) {
                grow(size - before, before, () -> {
                    Posix.truncate(descriptor(), size);
                    return 0;
                });
            } else {
                Posix.truncate(descriptor(), size);
                volume().releaseBytes(before - size);
            }
        }
    }

    /** Makes room on the device for a part of the file, and the file at least so large. */
    public void allocate(long offset, long length) {
        requireWritable();
        if (offset < 0 || length <= 0) {
            throw new FileException(FileError.INVALID);
        }
        if (offset > Long.MAX_VALUE - length) {
            throw new FileException(FileError.FILE_TOO_LARGE);
        }
        Inode counted = inode;
        if (counted == null) {
            Posix.allocate(descriptor(), offset, length);
            return;
        }
        synchronized (counted) {
            long before = size();
            grow(Math.max(0, offset + length - before), before, () -> {
                Posix.allocate(descriptor(), offset, length);
                return 0;
            });
        }
    }

    /** Reserves what an operation adds, and gives back what it then did not. */
    private int grow(long growth, long before, java.util.function.IntSupplier operation) {
        if (growth == 0) {
            return operation.getAsInt();
        }
        volume().reserveBytes(growth);
        try {
            return operation.getAsInt();
        } finally {
            long grown = Math.max(0, size() - before);
            if (grown < growth) {
                volume().releaseBytes(growth - grown);
            }
        }
    }

    private void requireWritable() {
        if (!writable) {
            throw new FileException(FileError.BAD_DESCRIPTOR);
        }
    }
}

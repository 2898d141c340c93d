package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.files.Directory;
import dev.warpgrid.wasi.files.DirectoryReader;
import dev.warpgrid.wasi.files.FileNode;
import dev.warpgrid.wasi.files.FileType;
import dev.warpgrid.wasi.files.RegularFile;
import org.jspecify.annotations.Nullable;

/** What a file descriptor of a module stands for. */
abstract sealed class Entry {
    static final int APPEND = 1;
    static final int DSYNC = 2;
    static final int NONBLOCK = 4;
    static final int RSYNC = 8;
    static final int SYNC = 16;

    private long base;
    private long inheriting;
    int flags;

    private Entry(long base, long inheriting, int flags) {
        this.base = base;
        this.inheriting = inheriting;
        this.flags = flags;
    }

    long base() {
        return base;
    }

    long inheriting() {
        return inheriting;
    }

    void require(long rights) {
        if ((base & rights) != rights) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
    }

    void narrow(long newBase, long newInheriting) {
        if ((newBase & ~base) != 0 || (newInheriting & ~inheriting) != 0) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
        base = newBase;
        inheriting = newInheriting;
    }

    abstract int fileType();

    abstract void close();

    /** A standard stream. */
    static final class Stream extends Entry {
        final StandardStream stream;

        Stream(StandardStream stream) {
            super(Rights.STREAM | (stream.input() ? Rights.FD_READ : Rights.FD_WRITE), 0, 0);
            this.stream = stream;
        }

        @Override
        int fileType() {
            return stream.terminal() ? FileType.CHARACTER_DEVICE.preview1() : FileType.UNKNOWN.preview1();
        }

        @Override
        void close() {}
    }

    /** An open file or folder of a volume. */
    abstract static sealed class Node extends Entry {
        private Node(long base, long inheriting, int flags) {
            super(base, inheriting, flags);
        }

        abstract FileNode node();

        @Override
        void close() {
            node().close();
        }
    }

    /** A regular file with its position. */
    static final class File extends Node {
        final RegularFile file;
        long position;

        File(RegularFile file, long base, int flags) {
            super(base, 0, flags);
            this.file = file;
        }

        @Override
        FileNode node() {
            return file;
        }

        @Override
        int fileType() {
            return FileType.REGULAR_FILE.preview1();
        }
    }

    /** A folder, one of those given at the start where it has a name. */
    static final class Folder extends Node {
        final Directory folder;
        final @Nullable String preopen;
        private @Nullable DirectoryReader reader;

        Folder(Directory folder, @Nullable String preopen, long base, long inheriting, int flags) {
            super(base, inheriting, flags);
            this.folder = folder;
            this.preopen = preopen;
        }

        /** Where the listing goes on, kept from one call to the next. */
        DirectoryReader reader() {
            DirectoryReader known = reader;
            if (known == null) {
                known = folder.read();
                reader = known;
            }
            return known;
        }

        @Override
        FileNode node() {
            return folder;
        }

        @Override
        int fileType() {
            return FileType.DIRECTORY.preview1();
        }

        @Override
        void close() {
            if (reader != null) {
                reader.close();
            }
            super.close();
        }
    }
}

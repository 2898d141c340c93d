package dev.warpgrid.wasi.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** File operations on single names in open folders. No call follows a symbolic link at its last name. */
final class Posix {
    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;
    static final int READ_WRITE = 2;
    static final int CREATE = 0x40;
    static final int EXCLUSIVE = 0x80;
    static final int NON_BLOCKING = 0x800;
    static final int DATA_SYNC = 0x1000;
    static final int SYNC = 0x101000;
    static final int PATH_ONLY = 0x200000;
    static final int DIRECTORY;
    /** Bytes that one read or write moves at most. */
    static final int TRANSFER_BYTES = 64 << 10;

    static final int NAME_BYTES = 4096;

    private static final int NO_FOLLOW;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int HERE = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7ff;
    private static final int STATX_SIZE = 0x200;
    private static final int STATX_BYTES = 256;
    private static final long UTIME_NOW = 0x3fffffff;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final int TIMESPEC_BYTES = 16;

    // The modes are narrowed by the process's umask.
    private static final int FILE_MODE = 0666;
    private static final int FOLDER_MODE = 0777;

    static {
        // The flags that differ between the two architectures (asm/fcntl.h).
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        DIRECTORY = arm ? 0x4000 : 0x10000;
        NO_FOLLOW = arm ? 0x8000 : 0x20000;
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Posix() {}

    /** Native memory of one thread, so that no call has to ask for any. */
    private static final class Scratch {
        private final Arena arena = Arena.ofAuto();
        private final MemorySegment errno = arena.allocate(LibC.ERRNO);
        private final MemorySegment name = arena.allocate(NAME_BYTES + 1L);
        private final MemorySegment otherName = arena.allocate(NAME_BYTES + 1L);
        private final MemorySegment stat = arena.allocate(STATX_BYTES);
        private final MemorySegment times = arena.allocate(2L * TIMESPEC_BYTES, Long.BYTES);
        private @Nullable MemorySegment transfer;

        MemorySegment transfer() {
            if (transfer == null) {
                transfer = arena.allocate(TRANSFER_BYTES);
            }
            return transfer;
        }

        FileException failure() {
            return new FileException(FileError.ofLinux(LibC.errno(errno)));
        }

        MemorySegment name(String text) {
            return put(name, text);
        }

        MemorySegment otherName(String text) {
            return put(otherName, text);
        }

        private static MemorySegment put(MemorySegment target, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > NAME_BYTES) {
                throw new FileException(FileError.NAME_TOO_LONG);
            }
            MemorySegment.copy(bytes, 0, target, JAVA_BYTE, 0, bytes.length);
            target.set(JAVA_BYTE, bytes.length, (byte) 0);
            return target;
        }
    }

    private static void require(long answer, Scratch scratch) {
        if (answer < 0) {
            throw scratch.failure();
        }
    }

    /** Opens a name in a folder; a link is an error ({@code LOOP}). */
    static int open(int folder, String name, int flags) {
        Scratch scratch = SCRATCH.get();
        int all = flags | NO_FOLLOW | CLOSE_ON_EXEC | NON_BLOCKING;
        int descriptor = LibC.openat(scratch.errno, folder, scratch.name(name), all, FILE_MODE);
        require(descriptor, scratch);
        return descriptor;
    }

    /** Opens a folder by the operator's own path, which may be a link. */
    static int openRoot(String path) {
        Scratch scratch = SCRATCH.get();
        int descriptor = LibC.openat(scratch.errno, HERE, scratch.name(path), READ_ONLY | DIRECTORY | CLOSE_ON_EXEC, 0);
        require(descriptor, scratch);
        return descriptor;
    }

    static void close(int descriptor) {
        // Linux has closed it whatever the answer is; what a failed write-back means was for sync to tell.
        int ignored = LibC.close(SCRATCH.get().errno, descriptor);
        assert ignored <= 0;
    }

    static FileStat stat(int folder, String name) {
        Scratch scratch = SCRATCH.get();
        require(
                LibC.statx(scratch.errno, folder, scratch.name(name), AT_SYMLINK_NOFOLLOW, BASIC_STATS, scratch.stat),
                scratch);
        return read(scratch.stat);
    }

    static FileStat stat(int descriptor) {
        Scratch scratch = SCRATCH.get();
        require(
                LibC.statx(scratch.errno, descriptor, scratch.name(""), AT_EMPTY_PATH, BASIC_STATS, scratch.stat),
                scratch);
        return read(scratch.stat);
    }

    static long size(int descriptor) {
        Scratch scratch = SCRATCH.get();
        require(
                LibC.statx(scratch.errno, descriptor, scratch.name(""), AT_EMPTY_PATH, STATX_SIZE, scratch.stat),
                scratch);
        return scratch.stat.get(JAVA_LONG_UNALIGNED, 40);
    }

    /** The layout of struct statx, which is the same everywhere (statx(2)). */
    private static FileStat read(MemorySegment stat) {
        long device = ((long) stat.get(JAVA_INT_UNALIGNED, 136) << 32)
                | Integer.toUnsignedLong(stat.get(JAVA_INT_UNALIGNED, 140));
        return new FileStat(
                FileType.ofMode(Short.toUnsignedInt(stat.get(JAVA_SHORT_UNALIGNED, 28))),
                device,
                stat.get(JAVA_LONG_UNALIGNED, 32),
                Integer.toUnsignedLong(stat.get(JAVA_INT_UNALIGNED, 16)),
                stat.get(JAVA_LONG_UNALIGNED, 40),
                time(stat, 64),
                time(stat, 112),
                time(stat, 96));
    }

    private static FileTime time(MemorySegment stat, long offset) {
        return new FileTime(stat.get(JAVA_LONG_UNALIGNED, offset), stat.get(JAVA_INT_UNALIGNED, offset + 8));
    }

    /** Answers the bytes read; 0 at the end. */
    static int read(int descriptor, byte[] target, int offset, int length, long position) {
        Scratch scratch = SCRATCH.get();
        MemorySegment transfer = scratch.transfer();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, TRANSFER_BYTES);
            long count = LibC.pread(scratch.errno, descriptor, transfer, part, position + done);
            require(count, scratch);
            MemorySegment.copy(transfer, JAVA_BYTE, 0, target, offset + done, (int) count);
            done += (int) count;
            if (count < part) {
                return done;
            }
        }
        return done;
    }

    /** Answers the bytes written, which are fewer only where the file system is full. */
    static int write(int descriptor, byte[] source, int offset, int length, long position) {
        Scratch scratch = SCRATCH.get();
        MemorySegment transfer = scratch.transfer();
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, TRANSFER_BYTES);
            MemorySegment.copy(source, offset + done, transfer, JAVA_BYTE, 0, part);
            long count = LibC.pwrite(scratch.errno, descriptor, transfer, part, position + done);
            if (count < 0 && done > 0) {
                return done;
            }
            require(count, scratch);
            done += (int) count;
            if (count < part) {
                return done;
            }
        }
        return done;
    }

    static void truncate(int descriptor, long size) {
        Scratch scratch = SCRATCH.get();
        require(LibC.ftruncate(scratch.errno, descriptor, size), scratch);
    }

    static void allocate(int descriptor, long offset, long length) {
        int number = LibC.fallocate(SCRATCH.get().errno, descriptor, offset, length);
        if (number != 0) {
            throw new FileException(FileError.ofLinux(number));
        }
    }

    static void sync(int descriptor, boolean dataOnly) {
        Scratch scratch = SCRATCH.get();
        require(LibC.fsync(scratch.errno, descriptor, dataOnly), scratch);
    }

    static void createDirectory(int folder, String name) {
        Scratch scratch = SCRATCH.get();
        require(LibC.mkdirat(scratch.errno, folder, scratch.name(name), FOLDER_MODE), scratch);
    }

    static void unlink(int folder, String name) {
        Scratch scratch = SCRATCH.get();
        require(LibC.unlinkat(scratch.errno, folder, scratch.name(name), 0), scratch);
    }

    static void removeDirectory(int folder, String name) {
        Scratch scratch = SCRATCH.get();
        require(LibC.unlinkat(scratch.errno, folder, scratch.name(name), AT_REMOVEDIR), scratch);
    }

    static void rename(int folder, String name, int newFolder, String newName) {
        Scratch scratch = SCRATCH.get();
        require(
                LibC.renameat(scratch.errno, folder, scratch.name(name), newFolder, scratch.otherName(newName)),
                scratch);
    }

    static void link(int folder, String name, int newFolder, String newName) {
        Scratch scratch = SCRATCH.get();
        require(
                LibC.linkat(scratch.errno, folder, scratch.name(name), newFolder, scratch.otherName(newName), 0),
                scratch);
    }

    static void symlink(String content, int folder, String name) {
        Scratch scratch = SCRATCH.get();
        require(LibC.symlinkat(scratch.errno, scratch.otherName(content), folder, scratch.name(name)), scratch);
    }

    /** What a link holds; {@code INVALID} when the name is no link. */
    static String readLink(int folder, String name) {
        Scratch scratch = SCRATCH.get();
        long count = LibC.readlinkat(scratch.errno, folder, scratch.name(name), scratch.otherName, NAME_BYTES);
        require(count, scratch);
        return new String(scratch.otherName.asSlice(0, count).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    static void setTimes(int folder, String name, TimeChange accessed, TimeChange modified) {
        Scratch scratch = SCRATCH.get();
        putTimes(scratch.times, accessed, modified);
        require(LibC.utimensat(scratch.errno, folder, scratch.name(name), scratch.times, AT_SYMLINK_NOFOLLOW), scratch);
    }

    static void setTimes(int descriptor, TimeChange accessed, TimeChange modified) {
        Scratch scratch = SCRATCH.get();
        putTimes(scratch.times, accessed, modified);
        require(LibC.futimens(scratch.errno, descriptor, scratch.times), scratch);
    }

    private static void putTimes(MemorySegment times, TimeChange accessed, TimeChange modified) {
        putTime(times, 0, accessed);
        putTime(times, TIMESPEC_BYTES, modified);
    }

    private static void putTime(MemorySegment times, long offset, TimeChange change) {
        long seconds = 0;
        long nanos = switch (change) {
            case TimeChange.Keep keep -> UTIME_OMIT;
            case TimeChange.Now now -> UTIME_NOW;
            case TimeChange.To(FileTime time) -> {
                seconds = time.seconds();
                yield time.nanos();
            }
        };
        times.set(JAVA_LONG_UNALIGNED, offset, seconds);
        times.set(JAVA_LONG_UNALIGNED, offset + Long.BYTES, nanos);
    }

    /** Reads entries in the form of struct linux_dirent64 (getdents64(2)); answers how many bytes they have. */
    static int entries(int folder, byte[] target) {
        Scratch scratch = SCRATCH.get();
        MemorySegment transfer = scratch.transfer();
        long count = LibC.getdents(scratch.errno, folder, transfer, target.length);
        require(count, scratch);
        MemorySegment.copy(transfer, JAVA_BYTE, 0, target, 0, (int) count);
        return (int) count;
    }

    static void seek(int descriptor, long position) {
        Scratch scratch = SCRATCH.get();
        require(LibC.lseek(scratch.errno, descriptor, position, 0), scratch);
    }
}

package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;
import dev.warpgrid.wasi.files.Directory;
import dev.warpgrid.wasi.files.FileError;
import dev.warpgrid.wasi.files.FileException;
import dev.warpgrid.wasi.files.FileNode;
import dev.warpgrid.wasi.files.FileStat;
import dev.warpgrid.wasi.files.FileTime;
import dev.warpgrid.wasi.files.OpenMode;
import dev.warpgrid.wasi.files.RegularFile;
import dev.warpgrid.wasi.files.TimeChange;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** {@code wasi:filesystem/types.descriptor}. Its methods answer results, and throw {@link FileException} for errors. */
final class Descriptor extends WasiResource {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int FILE_SYNC = 4;
    private static final int DATA_SYNC = 8;
    private static final int MUTATE_DIRECTORY = 32;
    private static final int CREATE = 1;
    private static final int DIRECTORY = 2;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    // Different in every process, so that a hash tells nothing of the machine's inodes.
    private static final long SALT = ThreadLocalRandom.current().nextLong();

    private final InstanceState state;
    private final SharedNode shared;
    private final int flags;

    private Descriptor(InstanceState state, FileNode node, int flags) {
        super(null);
        this.state = state;
        this.shared = new SharedNode(state, node);
        this.flags = flags;
    }

    static Descriptor ofFolder(InstanceState state, Directory folder) {
        return new Descriptor(state, folder, READ | (folder.volume().readOnly() ? 0 : MUTATE_DIRECTORY));
    }

    FileNode node() {
        return shared.node();
    }

    Directory folder() {
        if (shared.node() instanceof Directory folder) {
            return folder;
        }
        throw new FileException(FileError.NOT_DIRECTORY);
    }

    RegularFile file() {
        if (shared.node() instanceof RegularFile file) {
            return file;
        }
        throw new FileException(FileError.IS_DIRECTORY);
    }

    int flags() {
        return flags;
    }

    FileInput input(long offset) {
        if (!file().readable()) {
            throw new FileException(FileError.BAD_DESCRIPTOR);
        }
        return new FileInput(state, shared, file(), offset);
    }

    FileOutput output(long offset) {
        if (!file().writable()) {
            throw new FileException(FileError.BAD_DESCRIPTOR);
        }
        if (offset < FileOutput.APPEND) {
            throw new FileException(FileError.INVALID);
        }
        return new FileOutput(state, shared, file(), offset);
    }

    /** {@code tuple<list<u8>, bool>}: the bytes, and whether the end was reached. */
    Object[] read(long length, long offset) {
        int most = state.config().limits().streamChunkBytes();
        byte[] bytes = new byte[length < 0 ? most : (int) Math.min(length, most)];
        int count = file().read(bytes, 0, bytes.length, offset);
        return new Object[] {count == bytes.length ? bytes : Arrays.copyOf(bytes, count), count < bytes.length};
    }

    long write(byte[] bytes, long offset) {
        state.output(bytes.length);
        return file().write(bytes, 0, bytes.length, offset);
    }

    Descriptor open(int pathFlags, String path, int openFlags, int wanted) {
        boolean write = (wanted & WRITE) != 0;
        OpenMode mode = new OpenMode(
                (wanted & READ) != 0 || !write,
                write,
                (openFlags & CREATE) != 0,
                (openFlags & EXCLUSIVE) != 0,
                (openFlags & TRUNCATE) != 0,
                (openFlags & DIRECTORY) != 0,
                (wanted & FILE_SYNC) != 0,
                (wanted & DATA_SYNC) != 0);
        if ((wanted & MUTATE_DIRECTORY) != 0 && folder().volume().readOnly()) {
            throw new FileException(FileError.READ_ONLY);
        }
        FileNode node = folder().open(path, follows(pathFlags), mode);
        if (node instanceof Directory opened) {
            return ofFolder(state, opened);
        }
        return new Descriptor(state, node, wanted & ~MUTATE_DIRECTORY);
    }

    static boolean follows(int pathFlags) {
        return (pathFlags & 1) != 0;
    }

    static Object[] describe(FileStat stat) {
        return new Object[] {
            Variant.of(stat.type().index()),
            stat.links(),
            stat.size(),
            Variant.some(time(stat.accessed())),
            Variant.some(time(stat.modified())),
            Variant.some(time(stat.changed()))
        };
    }

    private static Object[] time(FileTime time) {
        return new Object[] {time.seconds(), time.nanos()};
    }

    /** A {@code new-timestamp}. */
    static TimeChange change(Object given) {
        Variant variant = (Variant) given;
        return switch (variant.index()) {
            case 0 -> new TimeChange.Keep();
            case 1 -> new TimeChange.Now();
            default -> {
                Object[] time = (Object[]) variant.payload();
                yield new TimeChange.To(new FileTime((Long) time[0], (Integer) time[1]));
            }
        };
    }

    /** {@code metadata-hash-value}: differs when the object, its size or the time of its last change does. */
    static Object[] hash(FileStat stat) {
        long identity = mix(mix(SALT ^ stat.device()) ^ stat.inode());
        long content = mix(mix(identity ^ stat.size()) ^ stat.modified().toNanos());
        return new Object[] {identity, content};
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    protected String wasiName() {
        return "descriptor";
    }

    @Override
    protected void dropped(InstanceState state) {
        shared.release();
    }
}

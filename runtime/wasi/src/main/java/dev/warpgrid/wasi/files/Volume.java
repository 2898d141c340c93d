package dev.warpgrid.wasi.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine that guests may use, with its quota. One object for all guests that share the folder, so that
 * they share the quota too; thread-safe. Whatever else of the machine writes into the folder is not counted.
 */
public final class Volume {
    private final Path folder;
    private final boolean readOnly;
    private final FileQuota quota;
    /** Held while names change and files open or close, where there is a quota: sizes must not slip between the two. */
    private final ReentrantLock names = new ReentrantLock();

    private final Map<Inode.Key, Inode> open = new HashMap<>();
    private final Object usage = new Object();
    private long usedBytes;
    private long usedFiles;

    private Volume(Path folder, boolean readOnly, FileQuota quota) {
        this.folder = folder;
        this.readOnly = readOnly;
        this.quota = quota;
    }

    /** A folder that guests can only read. */
    public static Volume readOnly(Path folder) {
        return new Volume(checked(folder), true, FileQuota.unlimited());
    }

    /** A folder that guests can change as they like. */
    public static Volume writable(Path folder) {
        return writable(folder, FileQuota.unlimited());
    }

    /**
     * A folder that guests can change within a quota. What is in it already is counted here, once.
     *
     * @throws UncheckedIOException when the folder cannot be read
     */
    public static Volume writable(Path folder, FileQuota quota) {
        Volume volume = new Volume(checked(folder), false, quota);
        if (quota.limited()) {
            volume.count();
        }
        return volume;
    }

    private static Path checked(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "There is no folder " + folder + " to give to a guest: create it, or name another.");
        }
        return folder.toAbsolutePath().normalize();
    }

    private void count() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    usedFiles += visited.equals(folder) ? 0 : 1;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    usedFiles++;
                    usedBytes += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be counted.", e);
        }
    }

    public Path folder() {
        return folder;
    }

    public boolean readOnly() {
        return readOnly;
    }

    public FileQuota quota() {
        return quota;
    }

    /** Bytes of regular files as counted for the quota; 0 without one. */
    public long usedBytes() {
        synchronized (usage) {
            return usedBytes;
        }
    }

    /** Files, folders and links as counted for the quota; 0 without one. */
    public long usedFiles() {
        synchronized (usage) {
            return usedFiles;
        }
    }

    /**
     * Opens the folder itself.
     *
     * @throws FileException when it is gone
     */
    public Directory root() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw new FileException(FileError.NO_ENTRY);
        }
        return new Directory(this, Posix.openRoot(folder.toString()));
    }

    boolean counted() {
        return quota.limited();
    }

    void requireWritable() {
        if (readOnly) {
            throw new FileException(FileError.READ_ONLY);
        }
    }

    void reserveBytes(long count) {
        synchronized (usage) {
            if (count > quota.bytes() - usedBytes) {
                throw new FileException(FileError.QUOTA);
            }
            usedBytes += count;
        }
    }

    void releaseBytes(long count) {
        synchronized (usage) {
            usedBytes = Math.max(0, usedBytes - count);
        }
    }

    private void reserveFile() {
        synchronized (usage) {
            if (usedFiles >= quota.files()) {
                throw new FileException(FileError.QUOTA);
            }
            usedFiles++;
        }
    }

    private void releaseFile() {
        synchronized (usage) {
            usedFiles = Math.max(0, usedFiles - 1);
        }
    }

    /** Runs what makes a new name, counting it. */
    void creating(Runnable creation) {
        requireWritable();
        if (!counted()) {
            creation.run();
            return;
        }
        reserveFile();
        boolean done = false;
        try {
            creation.run();
            done = true;
        } finally {
            if (!done) {
                releaseFile();
            }
        }
    }

    /** Runs what takes a name away from the object behind it, where there is one, and counts its bytes out. */
    void removing(int parent, String name, Runnable removal) {
        requireWritable();
        if (!counted()) {
            removal.run();
            return;
        }
        names.lock();
        try {
            FileStat before = statOrNull(parent, name);
            removal.run();
            if (before != null) {
                gone(before);
            }
        } finally {
            names.unlock();
        }
    }

    /** As {@link #removing}, for a rename onto a name that may be the same object already. */
    void replacing(int parent, String name, int newParent, String newName) {
        requireWritable();
        if (!counted()) {
            Posix.rename(parent, name, newParent, newName);
            return;
        }
        names.lock();
        try {
            FileStat moved = statOrNull(parent, name);
            FileStat before = statOrNull(newParent, newName);
            Posix.rename(parent, name, newParent, newName);
            if (before != null && moved != null && !before.sameObject(moved)) {
                gone(before);
            }
        } finally {
            names.unlock();
        }
    }

    private static @Nullable FileStat statOrNull(int parent, String name) {
        try {
            return Posix.stat(parent, name);
        } catch (FileException e) {
            // The operation itself meets the same and tells it.
            return null;
        }
    }

    private void gone(FileStat last) {
        releaseFile();
        if (last.type() != FileType.REGULAR_FILE || last.links() > 1) {
            return;
        }
        Inode inode = open.get(Inode.Key.of(last));
        if (inode == null) {
            releaseBytes(last.size());
        } else {
            inode.nameless = true;
        }
    }

    /** Opens a regular file with the names held still, so that its bytes are counted to its last close. */
    Inode opened(int descriptor) {
        names.lock();
        try {
            Inode inode = open.computeIfAbsent(Inode.Key.of(Posix.stat(descriptor)), Inode::new);
            inode.users++;
            return inode;
        } finally {
            names.unlock();
        }
    }

    void closed(Inode inode, int descriptor) {
        names.lock();
        try {
            if (--inode.users == 0) {
                open.remove(inode.key);
                if (inode.nameless) {
                    releaseBytes(Posix.size(descriptor));
                }
            }
        } finally {
            names.unlock();
        }
    }

    /** Holds names still while a file is opened and registered. */
    <T> T withNamesStill(java.util.function.Supplier<T> action) {
        names.lock();
        try {
            return action.get();
        } finally {
            names.unlock();
        }
    }
}

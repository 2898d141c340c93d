package dev.warpgrid.cli.local;

import com.google.gson.JsonParseException;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the grid of one machine keeps, readable by its owner only. */
public final class DataFolder {
    /** Address, ports and processes of the grid: {@link GridRecord}. */
    public static final String GRID = "grid.json";
    /** The command line's own token. */
    public static final String TOKEN = "token";
    /** The password of the user {@code admin} as it was made at the first start. */
    public static final String ADMIN_PASSWORD = "admin-password";
    /** The certificate authority that signs the server's certificate. */
    public static final String AUTHORITY = "ca.pem";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    public DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** Makes the folder and those below it that every part needs. */
    public void create() {
        try {
            if (!Files.isDirectory(path)) {
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(path, OWNER_ONLY_FOLDER);
            }
            Files.createDirectories(file("log"));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The data folder " + path + " cannot be made (" + e.getMessage()
                            + "): choose one you may write to with --data.",
                    e);
        }
    }

    public Path log(String part) {
        return path.resolve("log").resolve(part + ".log");
    }

    /** @return empty where no grid was ever started here */
    public Optional<GridRecord> grid() {
        return read(GRID).map(text -> {
            try {
                return Json.read(text, GridRecord.class);
            } catch (JsonParseException | IllegalArgumentException e) {
                throw new Failure(
                        ExitCode.FAILURE,
                        "The file " + file(GRID) + " is damaged (" + e.getMessage()
                                + "): remove it; warp up then makes a new one and keeps the data.",
                        e);
            }
        });
    }

    public void save(GridRecord grid) {
        write(GRID, Json.pretty(grid) + "\n");
    }

    /** @return the text without line ends around it; empty where there is no such file */
    public Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(file(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.DENIED,
                    "The file " + file(name) + " cannot be read (" + e.getMessage()
                            + "): run warp as the user who started the grid.",
                    e);
        }
    }

    /** Writes all of it or nothing, for the owner's eyes only. */
    public void write(String name, String text) {
        try {
            Path fresh = Files.createTempFile(path, name, ".new", OWNER_ONLY_FILE);
            Files.writeString(fresh, text);
            Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The file " + file(name) + " cannot be written (" + e.getMessage()
                            + "): free disk space, or choose another folder with --data.",
                    e);
        }
    }

    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE, "The file " + file(name) + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }

    /** Keeps other commands from starting or stopping the same grid; closing gives it up. */
    public final class Lock implements AutoCloseable {
        private final FileChannel channel;
        private final @Nullable FileLock lock;

        private Lock() throws IOException {
            channel = FileChannel.open(
                    file("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            lock = tryLock(channel);
        }

        /** Another thread of this process counts as another command. */
        private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException e) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // The process is about to end, and the kernel gives the lock up then.
            }
        }
    }

    /** @throws Failure when another command holds it */
    public Lock lock() {
        try {
            Lock lock = new Lock();
            if (lock.lock == null) {
                lock.close();
                throw new Failure(
                        ExitCode.CONFLICT,
                        "Another warp command is starting or stopping the grid in " + path
                                + ": wait until it has finished, then try again.");
            }
            return lock;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The lock " + file("lock") + " cannot be taken (" + e.getMessage()
                            + "): run warp as the user who owns the folder.",
                    e);
        }
    }
}

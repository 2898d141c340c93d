package dev.warpgrid.agent.journal;

import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Artifacts by their digest. What is read was checked against its digest. Thread-safe. */
public final class ArtifactStore {
    private static final String SUFFIX = ".wasm";

    private final Path folder;
    private final long capacityBytes;
    private final AtomicLong names = new AtomicLong();

    /** @param capacityBytes beyond which artifacts that nothing needs are deleted */
    public ArtifactStore(Path folder, long capacityBytes) {
        this.folder = folder;
        this.capacityBytes = capacityBytes;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> parts = Files.list(folder)) {
                for (Path part :
                        parts.filter(file -> file.toString().endsWith(".part")).toList()) {
                    Files.delete(part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The artifact folder " + folder + " cannot be used.", e);
        }
    }

    /** Writes an artifact piece by piece; the source gives empty at the end. */
    @FunctionalInterface
    public interface Source {
        Optional<byte[]> next() throws IOException;
    }

    public boolean has(Digest digest) {
        return Files.exists(file(digest));
    }

    /**
     * Stores an artifact.
     *
     * @param expectedBytes its size; more than that is refused before it is written
     * @throws IOException when it is larger, not what its digest says, or cannot be written
     */
    public void put(Digest digest, long expectedBytes, Source source) throws IOException {
        Path part = folder.resolve(digest.hex() + "." + names.incrementAndGet() + ".part");
        try {
            MessageDigest sha256 = sha256();
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                long written = 0;
                for (Optional<byte[]> piece = source.next(); piece.isPresent(); piece = source.next()) {
                    written += piece.get().length;
                    if (written > expectedBytes) {
                        throw new IOException("The artifact " + digest + " is larger than the " + expectedBytes
                                + " bytes it was announced with.");
                    }
                    sha256.update(piece.get());
                    out.write(piece.get());
                }
                channel.force(true);
            }
            Digest found = Digest.ofSha256(sha256.digest());
            if (!found.equals(digest)) {
                throw new IOException("What came for the artifact " + digest + " has the digest " + found + ".");
            }
            DurableFile.moveInto(part, file(digest));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Empty where it is not here; one that no longer fits its digest is deleted. */
    public Optional<byte[]> read(Digest digest) throws IOException {
        Path file = file(digest);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!Digest.ofSha256(sha256().digest(bytes)).equals(digest)) {
            Files.delete(file);
            return Optional.empty();
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return Optional.of(bytes);
    }

    /** Deletes artifacts that nothing needs, those unused for longest first, until the store is within its bound. */
    public void trim(Predicate<Digest> needed) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files = listed.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(ArtifactStore::lastUsed))
                    .toList();
            long total = 0;
            for (Path file : files) {
                total += Files.size(file);
            }
            for (Path file : files) {
                if (total <= capacityBytes) {
                    return;
                }
                String name = file.getFileName().toString();
                var digest = new Digest("sha256:" + name.substring(0, name.length() - SUFFIX.length()));
                if (!needed.test(digest)) {
                    total -= Files.size(file);
                    Files.delete(file);
                }
            }
        }
    }

    private static Instant lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.MIN;
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.hex() + SUFFIX);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}

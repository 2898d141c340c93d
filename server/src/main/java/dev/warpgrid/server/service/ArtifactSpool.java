package dev.warpgrid.server.service;

import dev.warpgrid.api.ApiException;
import dev.warpgrid.api.ArtifactService;
import dev.warpgrid.api.ErrorCode;
import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An upload on disk, so that its speed is the client's and holds no memory and no transaction of ours. */
record ArtifactSpool(Path file, Digest digest, long sizeBytes) implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    /** @throws ApiException with {@link ErrorCode#PAYLOAD_TOO_LARGE} past the limit */
    static ArtifactSpool read(InputStream bytes) throws IOException {
        Path file = Files.createTempFile("warpgrid-upload", ".wasm");
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            long size = copy(new DigestInputStream(bytes, sha256), file);
            return new ArtifactSpool(file, Digest.ofSha256(sha256.digest()), size);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static long copy(InputStream from, Path to) throws IOException {
        long size = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                size += count;
                if (size > ArtifactService.MAXIMUM_BYTES) {
                    throw new ApiException(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            "An artifact holds at most " + new ByteSize(ArtifactService.MAXIMUM_BYTES)
                                    + ", and this one holds more: strip debug information, or split it.");
                }
                out.write(buffer, 0, count);
            }
        }
        return size;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}

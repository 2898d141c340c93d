package dev.warpgrid.server.store;

import dev.warpgrid.model.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A namespace's knowledge of an artifact.
 *
 * @param imports with versions, for example {@code wasi:http/types@0.2.4}
 * @param minimumMemoryBytes what its memories start with, summed
 */
public record StoredArtifact(
        String namespace,
        Digest digest,
        long sizeBytes,
        List<String> imports,
        List<String> exports,
        long minimumMemoryBytes,
        Instant uploadedAt,
        String uploadedBy) {
    public StoredArtifact {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }
}

package dev.warpgrid.api;

import java.time.Instant;
import java.util.List;

/**
 * An uploaded component.
 *
 * @param imports and {@code exports} with versions, for example {@code wasi:http/types@0.2.4}
 * @param minimumMemoryBytes what its memories start with, summed
 */
public record ArtifactView(
        String digest,
        String namespace,
        long sizeBytes,
        List<String> imports,
        List<String> exports,
        long minimumMemoryBytes,
        Instant uploadedAt,
        String uploadedBy) {}

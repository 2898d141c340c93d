package dev.warpgrid.server.link;

import dev.warpgrid.model.Digest;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Artifacts in memory. */
final class InMemoryArtifacts implements ArtifactStore {
    private final SortedMap<Digest, byte[]> bytes = new ConcurrentSkipListMap<>();

    void put(Digest digest, byte[] content) {
        bytes.put(digest, content);
    }

    @Override
    public Optional<StoredArtifact> find(String namespace, Digest digest) {
        return Optional.ofNullable(bytes.get(digest))
                .map(content -> new StoredArtifact(
                        namespace,
                        digest,
                        content.length,
                        List.of("wasi:http/types@0.2.4"),
                        List.of(),
                        0,
                        Instant.EPOCH,
                        "test"));
    }

    @Override
    public Optional<StoredArtifact> share(String namespace, Digest digest) {
        return find(namespace, digest);
    }

    @Override
    public Optional<StoredArtifact> lock(String namespace, Digest digest) {
        return find(namespace, digest);
    }

    @Override
    public List<StoredArtifact> list(String namespace, String text, @Nullable Digest after, int limit) {
        return bytes.keySet().stream()
                .flatMap(digest -> find(namespace, digest).stream())
                .toList();
    }

    @Override
    public long count(String namespace, String text) {
        return bytes.size();
    }

    @Override
    public void save(StoredArtifact artifact, InputStream content) throws IOException {
        bytes.put(artifact.digest(), content.readAllBytes());
    }

    @Override
    public void delete(String namespace, Digest digest) {
        bytes.remove(digest);
    }

    @Override
    public Optional<Long> size(Digest digest) {
        return Optional.ofNullable(bytes.get(digest)).map(content -> (long) content.length);
    }

    @Override
    public Optional<byte[]> chunk(Digest digest, int position) {
        return Optional.ofNullable(bytes.get(digest))
                .filter(content -> (long) position * CHUNK_BYTES < content.length)
                .map(content -> Arrays.copyOfRange(
                        content, position * CHUNK_BYTES, Math.min(content.length, (position + 1) * CHUNK_BYTES)));
    }
}

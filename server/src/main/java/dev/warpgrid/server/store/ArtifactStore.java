package dev.warpgrid.server.store;

import dev.warpgrid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Artifacts: what each namespace knows of them, and their bytes, kept once by digest. */
public interface ArtifactStore {
    /** Of all chunks but an artifact's last. */
    int CHUNK_BYTES = 1 << 20;

    Optional<StoredArtifact> find(String namespace, Digest digest);

    /** As {@link #find}, and nobody may delete it before this transaction ends. */
    Optional<StoredArtifact> share(String namespace, Digest digest);

    /** As {@link #find}, and nobody may share it before this transaction ends. */
    Optional<StoredArtifact> lock(String namespace, Digest digest);

    /** By digest, those after {@code after}, with {@code text} somewhere in the digest. */
    List<StoredArtifact> list(String namespace, String text, @Nullable Digest after, int limit);

    long count(String namespace, String text);

    /**
     * Keeps the artifact for its namespace, and its bytes if nobody has them yet.
     *
     * @param content exactly the artifact's bytes; not read where they are there already
     */
    void save(StoredArtifact artifact, InputStream content) throws IOException;

    /** Forgets it for the namespace, and its bytes when no other namespace knows them. */
    void delete(String namespace, Digest digest);

    /** Of any namespace's artifact; empty where there is none. */
    Optional<Long> size(Digest digest);

    /**
     * @param position counts chunks of {@link #CHUNK_BYTES} from 0
     * @return empty past the end
     */
    Optional<byte[]> chunk(Digest digest, int position);
}

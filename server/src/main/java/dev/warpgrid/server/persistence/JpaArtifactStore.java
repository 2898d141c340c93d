package dev.warpgrid.server.persistence;

import dev.warpgrid.model.Digest;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.StoredArtifact;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Artifacts in PostgreSQL, their bytes as rows of one chunk each. */
@Singleton
public class JpaArtifactStore implements ArtifactStore {
    private final EntityManager entities;

    @Inject
    public JpaArtifactStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Optional<StoredArtifact> find(String namespace, Digest digest) {
        return Optional.ofNullable(entities.find(ArtifactEntity.class, new ArtifactKey(namespace, digest.value())))
                .map(ArtifactEntity::toStored);
    }

    @Override
    public Optional<StoredArtifact> share(String namespace, Digest digest) {
        return held(namespace, digest, "share");
    }

    @Override
    public Optional<StoredArtifact> lock(String namespace, Digest digest) {
        return held(namespace, digest, "update");
    }

    private Optional<StoredArtifact> held(String namespace, Digest digest, String strength) {
        return NativeRows.first(
                        entities.createNativeQuery(
                                        "select digest from artifact where namespace = :namespace and digest = :digest for "
                                                + strength,
                                        String.class)
                                .setParameter("namespace", namespace)
                                .setParameter("digest", digest.value()),
                        String.class)
                .flatMap(held -> find(namespace, digest));
    }

    @Override
    public List<StoredArtifact> list(String namespace, String text, @Nullable Digest after, int limit) {
        return entities.createQuery(
                        "from ArtifactEntity where key.namespace = :namespace and key.digest > :after"
                                + " and (:text = '' or position(:text in key.digest) > 0) order by key.digest",
                        ArtifactEntity.class)
                .setParameter("namespace", namespace)
                .setParameter("after", after == null ? "" : after.value())
                .setParameter("text", text)
                .setMaxResults(limit)
                .getResultStream()
                .map(ArtifactEntity::toStored)
                .toList();
    }

    @Override
    public long count(String namespace, String text) {
        return entities.createQuery(
                        "select count(*) from ArtifactEntity where key.namespace = :namespace"
                                + " and (:text = '' or position(:text in key.digest) > 0)",
                        Long.class)
                .setParameter("namespace", namespace)
                .setParameter("text", text)
                .getSingleResult();
    }

    @Override
    public void save(StoredArtifact artifact, InputStream content) throws IOException {
        String digest = artifact.digest().value();
        int added = entities.createNativeQuery(
                        "insert into artifact_content (digest, size_bytes) values (:digest, :size) on conflict do nothing")
                .setParameter("digest", digest)
                .setParameter("size", artifact.sizeBytes())
                .executeUpdate();
        if (added == 1) {
            saveChunks(digest, content);
        }
        if (find(artifact.namespace(), artifact.digest()).isEmpty()) {
            entities.persist(ArtifactEntity.of(artifact));
            entities.flush();
        }
    }

    private void saveChunks(String digest, InputStream content) throws IOException {
        int position = 0;
        for (byte[] chunk = content.readNBytes(CHUNK_BYTES);
                chunk.length > 0;
                chunk = content.readNBytes(CHUNK_BYTES)) {
            entities.createNativeQuery(
                            "insert into artifact_chunk (digest, position, bytes) values (:digest, :position, :bytes)")
                    .setParameter("digest", digest)
                    .setParameter("position", position++)
                    .setParameter("bytes", chunk)
                    .executeUpdate();
        }
    }

    @Override
    public void delete(String namespace, Digest digest) {
        entities.createQuery("delete ArtifactEntity where key.namespace = :namespace and key.digest = :digest")
                .setParameter("namespace", namespace)
                .setParameter("digest", digest.value())
                .executeUpdate();
        // The lock keeps a second namespace from taking the bytes up while they go.
        entities.createNativeQuery(
                        "select digest from artifact_content where digest = :digest for update", String.class)
                .setParameter("digest", digest.value())
                .getResultList();
        entities.createNativeQuery("delete from artifact_content c where c.digest = :digest"
                        + " and not exists (select 1 from artifact a where a.digest = c.digest)")
                .setParameter("digest", digest.value())
                .executeUpdate();
        entities.clear();
    }

    @Override
    public Optional<Long> size(Digest digest) {
        return NativeRows.first(
                entities.createNativeQuery("select size_bytes from artifact_content where digest = :digest", Long.class)
                        .setParameter("digest", digest.value()),
                Long.class);
    }

    @Override
    public Optional<byte[]> chunk(Digest digest, int position) {
        return NativeRows.first(
                entities.createNativeQuery(
                                "select bytes from artifact_chunk where digest = :digest and position = :position",
                                byte[].class)
                        .setParameter("digest", digest.value())
                        .setParameter("position", position),
                byte[].class);
    }
}

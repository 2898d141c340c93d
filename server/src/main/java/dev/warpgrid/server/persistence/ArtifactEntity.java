package dev.warpgrid.server.persistence;

import dev.warpgrid.model.Digest;
import dev.warpgrid.server.store.StoredArtifact;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Immutable
@Table(name = "artifact")
class ArtifactEntity {
    @EmbeddedId
    ArtifactKey key = new ArtifactKey("", "");

    @Column(name = "size_bytes")
    long sizeBytes;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> imports = List.of();

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> exports = List.of();

    @Column(name = "minimum_memory_bytes")
    long minimumMemoryBytes;

    @Column(name = "uploaded_at")
    Instant uploadedAt = Instant.EPOCH;

    @Column(name = "uploaded_by")
    String uploadedBy = "";

    static ArtifactEntity of(StoredArtifact from) {
        ArtifactEntity entity = new ArtifactEntity();
        entity.key = new ArtifactKey(from.namespace(), from.digest().value());
        entity.sizeBytes = from.sizeBytes();
        entity.imports = from.imports();
        entity.exports = from.exports();
        entity.minimumMemoryBytes = from.minimumMemoryBytes();
        entity.uploadedAt = from.uploadedAt();
        entity.uploadedBy = from.uploadedBy();
        return entity;
    }

    StoredArtifact toStored() {
        return new StoredArtifact(
                key.namespace(),
                new Digest(key.digest()),
                sizeBytes,
                imports,
                exports,
                minimumMemoryBytes,
                uploadedAt,
                uploadedBy);
    }
}

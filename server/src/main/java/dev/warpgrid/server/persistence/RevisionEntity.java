package dev.warpgrid.server.persistence;

import dev.warpgrid.model.ByteSize;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.server.store.StoredPolicy;
import dev.warpgrid.server.store.StoredRevision;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@Table(name = "revision")
class RevisionEntity {
    @EmbeddedId
    RevisionKey key = new RevisionKey(new UUID(0, 0), 0);

    String artifact = "";

    @Column(name = "artifact_bytes")
    long artifactBytes;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> hosts = List.of();

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> paths = List.of();

    int instances;

    @Column(name = "memory_bytes")
    long memoryBytes;

    @Column(name = "timeout_millis")
    long timeoutMillis;

    @Column(name = "cpu_time_millis")
    long cpuTimeMillis;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> environment = Map.of();

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "created_by")
    String createdBy = "";

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> rollout = Map.of();

    @Nullable
    Integer restores;

    static RevisionEntity of(UUID deployment, StoredRevision from) {
        RevisionEntity entity = new RevisionEntity();
        entity.key = new RevisionKey(deployment, from.number());
        entity.artifact = from.artifact().value();
        entity.artifactBytes = from.artifactBytes();
        entity.hosts = from.hosts();
        entity.paths = from.paths();
        entity.instances = from.instances();
        entity.memoryBytes = from.limits().memory().bytes();
        entity.timeoutMillis = from.limits().timeout().toMillis();
        entity.cpuTimeMillis = from.limits().cpuTime().toMillis();
        entity.environment = Map.copyOf(from.environment());
        entity.createdAt = from.createdAt();
        entity.createdBy = from.createdBy();
        entity.rollout = Map.copyOf(StoredPolicy.write(from.rollout()));
        entity.restores = from.restores();
        return entity;
    }

    StoredRevision toStored() {
        return new StoredRevision(
                key.number(),
                new Digest(artifact),
                artifactBytes,
                hosts,
                paths,
                instances,
                new WorkloadLimits(
                        new ByteSize(memoryBytes), Duration.ofMillis(timeoutMillis), Duration.ofMillis(cpuTimeMillis)),
                new TreeMap<>(environment),
                createdAt,
                createdBy,
                StoredPolicy.read(rollout),
                restores);
    }
}

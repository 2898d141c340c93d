package dev.warpgrid.server.persistence;

import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.server.store.StoredDeployment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "deployment")
class DeploymentEntity {
    @Id
    UUID uid = new UUID(0, 0);

    @Column(updatable = false)
    String namespace = "";

    @Column(updatable = false)
    String name = "";

    @Version
    long version;

    long generation;

    int revision;

    int restarts;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> labels = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> annotations = Map.of();

    @Column(name = "created_at", updatable = false)
    Instant createdAt = Instant.EPOCH;

    @Column(name = "created_by", updatable = false)
    String createdBy = "";

    @Column(name = "changed_at")
    Instant changedAt = Instant.EPOCH;

    void take(StoredDeployment from, Instant now) {
        generation = from.generation();
        revision = from.revision().number();
        restarts = from.restarts();
        labels = Map.copyOf(from.labels());
        annotations = Map.copyOf(from.annotations());
        changedAt = now;
    }

    StoredDeployment toStored(RevisionEntity newest) {
        return new StoredDeployment(
                uid,
                new DeploymentId(namespace, name),
                version,
                generation,
                restarts,
                new TreeMap<>(labels),
                new TreeMap<>(annotations),
                createdAt,
                createdBy,
                newest.toStored());
    }
}

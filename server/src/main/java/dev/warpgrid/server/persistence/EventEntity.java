package dev.warpgrid.server.persistence;

import dev.warpgrid.api.EventView;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@Table(name = "event")
class EventEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    Instant at = Instant.EPOCH;

    @Enumerated(EnumType.STRING)
    EventView.Severity severity = EventView.Severity.INFO;

    String reason = "";

    String message = "";

    @Nullable
    String namespace;

    @Nullable
    String deployment;

    @Nullable
    String instance;

    @Nullable
    String node;

    long count = 1;

    EventView toView() {
        return new EventView(
                id == null ? 0 : id, at, severity, reason, message, namespace, deployment, instance, node, count);
    }
}

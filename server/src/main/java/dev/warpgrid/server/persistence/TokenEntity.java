package dev.warpgrid.server.persistence;

import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.server.store.StoredToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "api_token")
class TokenEntity {
    @Id
    String id = "";

    String name = "";

    String owner = "";

    @Column(name = "owner_kind")
    @Enumerated(EnumType.STRING)
    Subject.Kind ownerKind = Subject.Kind.USER;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Nullable
    List<String> permissions;

    @Nullable
    String namespace;

    @Column(name = "secret")
    String secretSha256 = "";

    @Column(name = "created_at")
    Instant createdAt = Instant.EPOCH;

    @Column(name = "expires_at")
    Instant expiresAt = Instant.EPOCH;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    StoredToken toStored() {
        return new StoredToken(
                id,
                name,
                new Subject(ownerKind, owner),
                secretSha256,
                new TokenLimit(permissions, namespace),
                createdAt,
                expiresAt,
                revokedAt);
    }
}

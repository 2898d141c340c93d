package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.StoredToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "api_token")
class TokenEntity {
    @Id
    String id = "";

    String name = "";

    String owner = "";

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
        return new StoredToken(id, name, owner, secretSha256, createdAt, expiresAt, revokedAt);
    }
}

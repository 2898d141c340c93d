package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.StoredUser;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "local_user")
class UserEntity {
    @Id
    String name = "";

    @Column(name = "password_hash")
    String passwordHash = "";

    boolean enabled;

    /** Not JPA's version: it counts what ends sessions. */
    long version;

    @Column(name = "created_at", updatable = false)
    Instant createdAt = Instant.EPOCH;

    StoredUser toStored() {
        return new StoredUser(name, passwordHash, enabled, version, createdAt);
    }
}

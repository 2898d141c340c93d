package dev.warpgrid.server.persistence;

import dev.warpgrid.api.Role;
import dev.warpgrid.server.store.StoredUser;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "local_user")
class UserEntity {
    @Id
    String name = "";

    @Column(name = "password_hash")
    String passwordHash = "";

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> roles = List.of();

    boolean enabled;

    /** Not JPA's version: it counts what ends sessions. */
    long version;

    @Column(name = "created_at", updatable = false)
    Instant createdAt = Instant.EPOCH;

    StoredUser toStored() {
        return new StoredUser(
                name,
                passwordHash,
                roles.stream().map(Role::valueOf).collect(Collectors.toSet()),
                enabled,
                version,
                createdAt);
    }
}

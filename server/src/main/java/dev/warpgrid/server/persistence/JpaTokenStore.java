package dev.warpgrid.server.persistence;

import dev.warpgrid.api.Subject;
import dev.warpgrid.server.store.StoredToken;
import dev.warpgrid.server.store.TokenStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access tokens in PostgreSQL; of a secret only its digest. */
@Singleton
public class JpaTokenStore implements TokenStore {
    private final EntityManager entities;

    @Inject
    public JpaTokenStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Optional<StoredToken> find(String id) {
        return Optional.ofNullable(entities.find(TokenEntity.class, id)).map(TokenEntity::toStored);
    }

    @Override
    public List<StoredToken> ownedBy(Subject owner, Instant now) {
        return entities.createQuery(
                        "from TokenEntity where owner = :owner and ownerKind = :kind and revokedAt is null and expiresAt > :now"
                                + " order by createdAt, id",
                        TokenEntity.class)
                .setParameter("owner", owner.name())
                .setParameter("kind", owner.kind())
                .setParameter("now", now)
                .getResultStream()
                .map(TokenEntity::toStored)
                .toList();
    }

    @Override
    public void insert(StoredToken token) {
        TokenEntity entity = new TokenEntity();
        entity.id = token.id();
        entity.name = token.name();
        entity.owner = token.owner().name();
        entity.ownerKind = token.owner().kind();
        entity.permissions = token.limit().permissions();
        entity.namespace = token.limit().namespace();
        entity.secretSha256 = token.secretSha256();
        entity.createdAt = token.createdAt();
        entity.expiresAt = token.expiresAt();
        entities.persist(entity);
        entities.flush();
    }

    @Override
    public void revoke(String id, Instant at) {
        TokenEntity entity = entities.find(TokenEntity.class, id);
        if (entity != null && entity.revokedAt == null) {
            entity.revokedAt = at;
            entities.flush();
        }
    }

    @Override
    public void revokeAll(Subject owner, Instant at) {
        entities.createQuery("update TokenEntity set revokedAt = :at"
                        + " where owner = :owner and ownerKind = :kind and revokedAt is null")
                .setParameter("at", at)
                .setParameter("owner", owner.name())
                .setParameter("kind", owner.kind())
                .executeUpdate();
    }

    @Override
    public void forgetEnded(Instant before) {
        entities.createQuery("delete TokenEntity where expiresAt < :before or revokedAt < :before")
                .setParameter("before", before)
                .executeUpdate();
    }
}

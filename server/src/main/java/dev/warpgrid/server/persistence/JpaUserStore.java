package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Local users in PostgreSQL. */
@Singleton
public class JpaUserStore implements UserStore {
    private final EntityManager entities;

    @Inject
    public JpaUserStore(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Optional<StoredUser> find(String name) {
        return Optional.ofNullable(entities.find(UserEntity.class, name)).map(UserEntity::toStored);
    }

    @Override
    public long count() {
        return entities.createQuery("select count(*) from UserEntity", Long.class)
                .getSingleResult();
    }

    @Override
    public boolean insert(StoredUser user) {
        if (find(user.name()).isPresent()) {
            return false;
        }
        UserEntity entity = new UserEntity();
        entity.name = user.name();
        entity.passwordHash = user.passwordHash();
        entity.roles = user.roles().stream().map(Enum::name).sorted().toList();
        entity.enabled = user.enabled();
        entity.version = user.version();
        entity.createdAt = user.createdAt();
        entities.persist(entity);
        entities.flush();
        return true;
    }

    @Override
    public void setPassword(String name, String passwordHash) {
        UserEntity entity = existing(name);
        entity.passwordHash = passwordHash;
        entity.version++;
        entities.flush();
    }

    @Override
    public void setEnabled(String name, boolean enabled) {
        UserEntity entity = existing(name);
        entity.enabled = enabled;
        entity.version++;
        entities.flush();
    }

    private UserEntity existing(String name) {
        UserEntity entity = entities.find(UserEntity.class, name);
        if (entity == null) {
            throw new IllegalStateException("There is no user \"" + name + "\" to be changed.");
        }
        return entity;
    }
}

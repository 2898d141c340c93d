package dev.warpgrid.server.persistence;

import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.UserStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
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
    public Optional<StoredUser> lock(String name) {
        return locked(name).map(UserEntity::toStored);
    }

    @Override
    public List<StoredUser> all() {
        return entities.createQuery("from UserEntity order by name", UserEntity.class)
                .getResultStream()
                .map(UserEntity::toStored)
                .toList();
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

    @Override
    public void endSessions(String name) {
        existing(name).version++;
        entities.flush();
    }

    @Override
    public void delete(String name) {
        entities.remove(existing(name));
        entities.flush();
    }

    private UserEntity existing(String name) {
        return locked(name)
                .orElseThrow(() -> new IllegalStateException("There is no user \"" + name + "\" to be changed."));
    }

    /** Read again under the lock: a write replaces the whole row, and must not bring back what another has changed. */
    private Optional<UserEntity> locked(String name) {
        UserEntity entity = entities.find(UserEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
        if (entity != null) {
            entities.refresh(entity);
        }
        return Optional.ofNullable(entity);
    }
}

package dev.warpgrid.server.persistence;

import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subject;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredRole;
import dev.warpgrid.server.store.StoredServiceAccount;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Roles, bindings and service accounts on PostgreSQL. */
@Singleton
public class SqlAccessStore implements AccessStore {
    /** Any number will do, as long as nothing else in the database takes it. */
    private static final long WRITE_LOCK = 0x57_41_52_50_41_43L;

    private static final String BINDING =
            "select id, role, subject_kind, subject, namespace, created_at, created_by from role_binding";
    private static final String ACCOUNT =
            "select namespace, name, description, created_at, created_by from service_account";
    private static final String ROLE = "select name, description, permissions, created_at, created_by from role";

    private final Sql sql;

    @Inject
    public SqlAccessStore(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public void lock() {
        sql.list("select cast(pg_advisory_xact_lock(?) as text)", row -> "", WRITE_LOCK);
    }

    @Override
    public List<StoredRole> roles() {
        return sql.list(ROLE + " order by name", SqlAccessStore::readRole);
    }

    @Override
    public Optional<StoredRole> role(String name) {
        return sql.find(ROLE + " where name = ?", SqlAccessStore::readRole, name);
    }

    @Override
    public void putRole(StoredRole role) {
        sql.update(
                "insert into role (name, description, permissions, created_at, created_by) values (?, ?, ?, ?, ?)"
                        + " on conflict (name) do update set description = excluded.description,"
                        + " permissions = excluded.permissions",
                role.name(),
                role.description(),
                role.permissions().stream().map(Permission::text).sorted().toArray(String[]::new),
                role.createdAt(),
                role.createdBy());
    }

    @Override
    public void deleteRole(String name) {
        sql.update("delete from role where name = ?", name);
    }

    @Override
    public List<StoredBinding> bindings() {
        return sql.list(
                BINDING + " order by namespace nulls first, role, subject_kind, subject", SqlAccessStore::readBinding);
    }

    @Override
    public Optional<StoredBinding> binding(String id) {
        return sql.find(BINDING + " where id = ?", SqlAccessStore::readBinding, id);
    }

    @Override
    public Optional<StoredBinding> binding(String role, Subject subject, @Nullable String namespace) {
        return sql.find(
                BINDING + " where role = ? and subject_kind = ? and subject = ?"
                        + " and namespace is not distinct from cast(? as text)",
                SqlAccessStore::readBinding,
                role,
                subject.kind().name(),
                subject.name(),
                namespace);
    }

    @Override
    public void insert(StoredBinding binding) {
        sql.update(
                "insert into role_binding (id, role, subject_kind, subject, namespace, created_at, created_by)"
                        + " values (?, ?, ?, ?, cast(? as text), ?, ?)",
                binding.id(),
                binding.role(),
                binding.subject().kind().name(),
                binding.subject().name(),
                binding.namespace(),
                binding.createdAt(),
                binding.createdBy());
    }

    @Override
    public void deleteBinding(String id) {
        sql.update("delete from role_binding where id = ?", id);
    }

    @Override
    public List<StoredBinding> bindingsOf(Subject subject, Collection<String> groups) {
        return sql.list(
                BINDING + " where (subject_kind = ? and subject = ?)"
                        + " or (subject_kind = 'GROUP' and subject = any(?)) order by id",
                SqlAccessStore::readBinding,
                subject.kind().name(),
                subject.name(),
                groups.toArray(String[]::new));
    }

    @Override
    public void deleteBindingsOf(Subject subject) {
        sql.update(
                "delete from role_binding where subject_kind = ? and subject = ?",
                subject.kind().name(),
                subject.name());
    }

    @Override
    public long enabledUsersWith(String role) {
        return sql.find(
                        "select count(*) from local_user u where u.enabled and exists (select 1 from role_binding b"
                                + " where b.subject_kind = 'USER' and b.subject = u.name and b.role = ?"
                                + " and b.namespace is null)",
                        row -> row.getLong(1),
                        role)
                .orElse(0L);
    }

    @Override
    public List<StoredServiceAccount> accounts(String namespace) {
        return sql.list(ACCOUNT + " where namespace = ? order by name", SqlAccessStore::readAccount, namespace);
    }

    @Override
    public Optional<StoredServiceAccount> account(String namespace, String name) {
        return sql.find(ACCOUNT + " where namespace = ? and name = ?", SqlAccessStore::readAccount, namespace, name);
    }

    @Override
    public boolean insert(StoredServiceAccount account) {
        return sql.update(
                        "insert into service_account (namespace, name, description, created_at, created_by)"
                                + " values (?, ?, ?, ?, ?) on conflict do nothing",
                        account.namespace(),
                        account.name(),
                        account.description(),
                        account.createdAt(),
                        account.createdBy())
                == 1;
    }

    @Override
    public void deleteAccount(String namespace, String name) {
        sql.update("delete from service_account where namespace = ? and name = ?", namespace, name);
    }

    private static StoredRole readRole(ResultSet row) throws SQLException {
        return new StoredRole(
                row.getString("name"),
                row.getString("description"),
                permissions((String[]) row.getArray("permissions").getArray()),
                Sql.instant(row, "created_at"),
                row.getString("created_by"));
    }

    /** What a newer server has written and this one does not know gives nothing. */
    private static Set<Permission> permissions(String[] texts) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        Arrays.stream(texts).map(Permission::of).flatMap(Optional::stream).forEach(permissions::add);
        return permissions;
    }

    private static StoredBinding readBinding(ResultSet row) throws SQLException {
        return new StoredBinding(
                row.getString("id"),
                row.getString("role"),
                new Subject(Subject.Kind.valueOf(row.getString("subject_kind")), row.getString("subject")),
                row.getString("namespace"),
                Sql.instant(row, "created_at"),
                row.getString("created_by"));
    }

    private static StoredServiceAccount readAccount(ResultSet row) throws SQLException {
        return new StoredServiceAccount(
                row.getString("namespace"),
                row.getString("name"),
                row.getString("description"),
                Sql.instant(row, "created_at"),
                row.getString("created_by"));
    }
}

package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.api.Permission;
import dev.warpgrid.api.Subject;
import dev.warpgrid.server.store.AccessStore;
import dev.warpgrid.server.store.StoredBinding;
import dev.warpgrid.server.store.StoredRole;
import dev.warpgrid.server.store.StoredServiceAccount;
import dev.warpgrid.server.testing.MigratedDatabase;
import dev.warpgrid.server.testing.TestPostgres;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles, bindings and service accounts on PostgreSQL. */
class SqlAccessStoreIT {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Subject EVE = new Subject(Subject.Kind.USER, "eve");
    private static final Subject TEAM = new Subject(Subject.Kind.GROUP, "team");

    private static @Nullable TestPostgres postgres;

    private final MigratedDatabase database =
            new MigratedDatabase(Optional.ofNullable(postgres).orElseThrow());
    private final AccessStore access = new SqlAccessStore(database);

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(postgres).ifPresent(TestPostgres::close);
    }

    @BeforeEach
    void namespaces() {
        database.execute("insert into namespace values ('shop', now(), 'me'), ('bank', now(), 'me')");
    }

    private static StoredBinding binding(String id, String role, Subject subject, @Nullable String namespace) {
        return new StoredBinding(id, role, subject, namespace, NOW, "me");
    }

    @Test
    void givesRolesBackAsTheyWereWrittenAndIgnoresWhatItDoesNotKnow() {
        StoredRole role = new StoredRole("reader", "Reads", Set.of(Permission.LOG_READ), NOW, "me");
        access.putRole(role);
        assertThat(access.role("reader")).contains(role);
        access.putRole(new StoredRole("reader", "Reads all", Set.of(), NOW.plusSeconds(1), "you"));
        assertThat(access.roles()).containsExactly(new StoredRole("reader", "Reads all", Set.of(), NOW, "me"));
        database.execute("update role set permissions = '{log:read,moon:walk}'");
        assertThat(access.role("reader").orElseThrow().permissions()).containsExactly(Permission.LOG_READ);
        access.deleteRole("reader");
        assertThat(access.role("reader")).isEmpty();
    }

    @Test
    void findsABindingOnceAndBySubjectAndGroup() {
        StoredBinding own = binding("b1", "viewer", EVE, null);
        StoredBinding inShop = binding("b2", "developer", EVE, "shop");
        StoredBinding team = binding("b3", "viewer", TEAM, "bank");
        List.of(own, inShop, team).forEach(access::insert);
        assertThat(access.bindings()).containsExactly(own, team, inShop);
        assertThat(access.bindingsOf(EVE, List.of("team", "others"))).containsExactly(own, inShop, team);
        assertThat(access.bindingsOf(EVE, List.of())).containsExactly(own, inShop);
        assertThat(access.bindingsOf(new Subject(Subject.Kind.USER, "team"), List.of()))
                .isEmpty();
        assertThat(access.binding("viewer", EVE, null)).contains(own);
        assertThat(access.binding("viewer", EVE, "shop")).isEmpty();
        assertThatThrownBy(() -> access.insert(binding("b4", "viewer", EVE, null)))
                .isInstanceOf(DatabaseException.class);
        access.deleteBinding("b1");
        access.deleteBindingsOf(TEAM);
        assertThat(access.bindings()).containsExactly(inShop);
    }

    @Test
    void countsOnlyEnabledUsersWithTheRoleGridWide() {
        database.execute("insert into local_user (name, password_hash, enabled, version, created_at) values"
                + " ('eve', 'h', true, 1, now()), ('bob', 'h', false, 1, now()), ('zoe', 'h', true, 1, now())");
        access.insert(binding("b1", "grid-admin", EVE, null));
        access.insert(binding("b2", "grid-admin", new Subject(Subject.Kind.USER, "bob"), null));
        access.insert(binding("b3", "grid-admin", new Subject(Subject.Kind.USER, "zoe"), "shop"));
        access.insert(binding("b4", "grid-admin", new Subject(Subject.Kind.USER, "nobody"), null));
        assertThat(access.enabledUsersWith("grid-admin")).isEqualTo(1);
    }

    @Test
    void aNamespaceTakesItsAccountsAndBindingsAlong() {
        StoredServiceAccount account = new StoredServiceAccount("shop", "ci", "The pipeline", NOW, "me");
        assertThat(access.insert(account)).isTrue();
        assertThat(access.insert(account)).isFalse();
        assertThat(access.account("shop", "ci")).contains(account);
        access.insert(binding("b1", "viewer", EVE, "shop"));
        database.execute("delete from namespace where name = 'shop'");
        assertThat(access.accounts("shop")).isEmpty();
        assertThat(access.bindings()).isEmpty();
    }

    /** What the first version of the schema kept in the users' rows. */
    @Test
    void theRolesOfOldUsersBecameBindings() {
        MigratedDatabase old =
                new MigratedDatabase(Optional.ofNullable(postgres).orElseThrow(), "2");
        old.execute("insert into local_user values ('root', 'h', '{ADMIN,VIEWER}', true, 1, now()),"
                + " ('guest', 'h', '{VIEWER}', true, 1, now()), ('nobody', 'h', '{}', true, 1, now())");
        old.migrate();
        assertThat(new SqlAccessStore(old).bindings())
                .extracting(StoredBinding::role, binding -> binding.subject().name())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("grid-admin", "root"),
                        org.assertj.core.groups.Tuple.tuple("viewer", "root"),
                        org.assertj.core.groups.Tuple.tuple("viewer", "guest"));
    }
}

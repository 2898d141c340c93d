package dev.warpgrid.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.api.EventFilter;
import dev.warpgrid.api.EventView;
import dev.warpgrid.api.Subject;
import dev.warpgrid.api.TokenLimit;
import dev.warpgrid.model.DeploymentId;
import dev.warpgrid.model.Digest;
import dev.warpgrid.model.RevisionId;
import dev.warpgrid.model.WorkloadLimits;
import dev.warpgrid.server.store.AnswerStore;
import dev.warpgrid.server.store.ArtifactStore;
import dev.warpgrid.server.store.DeploymentQuery;
import dev.warpgrid.server.store.DeploymentStore;
import dev.warpgrid.server.store.EventStore;
import dev.warpgrid.server.store.KeptAnswer;
import dev.warpgrid.server.store.NamespaceStore;
import dev.warpgrid.server.store.NewEvent;
import dev.warpgrid.server.store.StoredArtifact;
import dev.warpgrid.server.store.StoredDeployment;
import dev.warpgrid.server.store.StoredNamespace;
import dev.warpgrid.server.store.StoredRevision;
import dev.warpgrid.server.store.StoredToken;
import dev.warpgrid.server.store.StoredUser;
import dev.warpgrid.server.store.TokenStore;
import dev.warpgrid.server.store.UserStore;
import dev.warpgrid.server.testing.TestPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What each port promises, against PostgreSQL; every step in a transaction of its own, so that nothing is only cached. */
class StoreContractIT {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Subject EVE = new Subject(Subject.Kind.USER, "eve");
    private static final Subject BOB = new Subject(Subject.Kind.SERVICE_ACCOUNT, "eve");
    private static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));

    private static @Nullable TestPostgres postgres;
    private static @Nullable EntityManagerFactory factory;

    @BeforeAll
    static void start() {
        TestPostgres started = TestPostgres.start();
        postgres = started;
        String url = "jdbc:postgresql://127.0.0.1:" + started.port() + "/" + started.newDatabase();
        Flyway.configure()
                .dataSource(url, started.user(), started.password())
                .load()
                .migrate();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(started.user());
        dataSource.setPassword(started.password());
        factory = Persistence.createEntityManagerFactory(
                "warpgrid",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", dataSource,
                        "jakarta.persistence.nonJtaDataSource", dataSource));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(factory).ifPresent(EntityManagerFactory::close);
        Optional.ofNullable(postgres).ifPresent(TestPostgres::close);
    }

    @AfterEach
    void empty() {
        in(entities -> entities.createNativeQuery("truncate namespace, artifact_content, artifact_chunk, artifact,"
                        + " deployment, revision, revision_counter, route, event, local_user, api_token,"
                        + " idempotent_answer cascade")
                .executeUpdate());
    }

    private static <T extends @Nullable Object> T in(Function<EntityManager, T> work) {
        try (EntityManager entities = Optional.ofNullable(factory).orElseThrow().createEntityManager()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }

    private final DeploymentStore deployments = eachCallInATransaction(
            DeploymentStore.class, entities -> new JpaDeploymentStore(entities, Clock.systemUTC()));
    private final NamespaceStore namespaces = eachCallInATransaction(NamespaceStore.class, JpaNamespaceStore::new);
    private final ArtifactStore artifacts = eachCallInATransaction(ArtifactStore.class, JpaArtifactStore::new);
    private final EventStore events = eachCallInATransaction(EventStore.class, JpaEventStore::new);
    private final UserStore users = eachCallInATransaction(UserStore.class, JpaUserStore::new);
    private final TokenStore tokens = eachCallInATransaction(TokenStore.class, JpaTokenStore::new);
    private final AnswerStore answers = eachCallInATransaction(AnswerStore.class, JpaAnswerStore::new);

    private static <S> S eachCallInATransaction(Class<S> port, Function<EntityManager, S> store) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> in(entities -> {
                    try {
                        return method.invoke(store.apply(entities), arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
                    }
                })));
    }

    private void namespace(String name) {
        assertThat(namespaces.insert(new StoredNamespace(name, NOW, "me"))).isTrue();
    }

    private static StoredRevision revision(int number, String host) {
        return new StoredRevision(
                number,
                DIGEST,
                102,
                List.of(host),
                List.of("/"),
                2,
                WorkloadLimits.defaults(),
                new TreeMap<>(Map.of("A", "b")),
                NOW,
                "me");
    }

    private static StoredDeployment deployment(String name) {
        return new StoredDeployment(
                UUID.randomUUID(),
                new DeploymentId("shop", name),
                0,
                1,
                0,
                new TreeMap<>(Map.of("tier", name.length() > 4 ? "long" : "short")),
                new TreeMap<>(),
                NOW,
                "me",
                revision(1, name + ".example.org"));
    }

    @Test
    void givesADeploymentBackAsItWasWritten() {
        namespace("shop");
        StoredDeployment written = deployments.insert(deployment("cart"));
        StoredDeployment read = deployments.find(written.id()).orElseThrow();
        assertThat(read).isEqualTo(written);
        assertThat(deployments.all()).containsExactly(written);
        assertThat(deployments.routeOwner("cart.example.org", "/")).contains(written.id());
    }

    @Test
    void countsVersionsAndKeepsOldRevisions() {
        namespace("shop");
        StoredDeployment first = deployments.insert(deployment("cart"));
        StoredDeployment second = deployments.update(first.withRevision(revision(2, "other.example.org")));
        assertThat(second.version()).isGreaterThan(first.version());
        StoredDeployment third = deployments.update(second.withRestart());
        assertThat(third.version()).isGreaterThan(second.version());
        assertThat(third.revision()).isEqualTo(second.revision());
        assertThat(deployments.revision(new RevisionId(first.id(), 1))).contains(first.revision());
        assertThat(deployments.routeOwner("cart.example.org", "/")).isEmpty();
        assertThat(deployments.usersOf("shop", DIGEST)).containsExactly(first.id());
    }

    @Test
    void neverGivesARevisionNumberTwice() {
        namespace("shop");
        DeploymentId id = new DeploymentId("shop", "cart");
        assertThat(deployments.nextRevisionNumber(id)).isEqualTo(1);
        StoredDeployment written = deployments.insert(deployment("cart"));
        deployments.delete(written);
        assertThat(deployments.find(id)).isEmpty();
        assertThat(deployments.nextRevisionNumber(id)).isEqualTo(2);
    }

    @Test
    void findsByTextLabelAndPlace() {
        namespace("shop");
        for (String name : List.of("cart", "catalogue", "till")) {
            deployments.insert(deployment(name));
        }
        assertThat(names(new DeploymentQuery(Set.of("shop"), "ca", Map.of(), null, 10)))
                .containsExactly("cart", "catalogue");
        assertThat(names(new DeploymentQuery(null, "", Map.of("tier", "short"), null, 10)))
                .containsExactly("cart", "till");
        assertThat(names(new DeploymentQuery(Set.of("shop"), "", Map.of(), new DeploymentId("shop", "cart"), 1)))
                .containsExactly("catalogue");
        assertThat(deployments.count(
                        new DeploymentQuery(Set.of("shop"), "ca", Map.of(), new DeploymentId("shop", "cart"), 1)))
                .isEqualTo(2);
        assertThat(names(new DeploymentQuery(Set.of("absent"), "", Map.of(), null, 10)))
                .isEmpty();
    }

    private List<String> names(DeploymentQuery query) {
        return deployments.list(query).stream().map(found -> found.id().name()).toList();
    }

    @Test
    void keepsBytesOnceForAllNamespacesAndDropsThemWithTheLast() throws IOException {
        namespace("shop");
        namespace("bank");
        byte[] bytes = new byte[ArtifactStore.CHUNK_BYTES * 2 + 17];
        new Random(7).nextBytes(bytes);
        for (String namespace : List.of("shop", "bank")) {
            StoredArtifact artifact = new StoredArtifact(
                    namespace, DIGEST, bytes.length, List.of("a:b/c@1.0.0"), List.of(), 65_536, NOW, "me");
            artifacts.save(artifact, new ByteArrayInputStream(bytes));
            assertThat(artifacts.find(namespace, DIGEST)).contains(artifact);
        }
        assertThat(artifacts.size(DIGEST)).contains((long) bytes.length);
        java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            int position = i;
            read.write(artifacts.chunk(DIGEST, position).orElseThrow());
        }
        assertThat(read.toByteArray()).isEqualTo(bytes);
        assertThat(artifacts.chunk(DIGEST, 3)).isEmpty();
        delete("shop");
        assertThat(artifacts.size(DIGEST)).isPresent();
        delete("bank");
        assertThat(artifacts.size(DIGEST)).isEmpty();
        assertThat(artifacts.list("bank", "", null, 10)).isEmpty();
    }

    private void delete(String namespace) {
        artifacts.delete(namespace, DIGEST);
    }

    @Test
    void numbersEventsUpwardsAndFiltersThem() {
        NewEvent event = NewEvent.of(EventView.Severity.INFO, "Tested", "A test ran.");
        List<EventView> written = List.of(
                events.append(event, NOW),
                events.append(event.in("shop"), NOW),
                events.append(event.about(new DeploymentId("shop", "cart")), NOW));
        assertThat(written).isSortedAccordingTo(java.util.Comparator.comparingLong(EventView::id));
        assertThat(events.latest(EventFilter.all(), null, 2)).containsExactlyElementsOf(written.subList(1, 3));
        assertThat(events.after(
                        new EventFilter("shop", null, null),
                        null,
                        written.getFirst().id(),
                        10))
                .containsExactlyElementsOf(written.subList(1, 3));
        assertThat(events.latest(new EventFilter("shop", "cart", null), null, 10))
                .containsExactly(written.getLast());
        assertThat(events.latest(EventFilter.all(), Set.of("shop"), 10))
                .containsExactlyElementsOf(written.subList(1, 3));
        assertThat(events.after(EventFilter.all(), Set.of("bank"), 0, 10)).isEmpty();
        assertThat(events.lastId()).isEqualTo(written.getLast().id());
    }

    @Test
    void countsUpAUsersVersionWithEachChangeThatEndsSessions() {
        StoredUser user = new StoredUser("eve", "hash", true, 1, NOW);
        assertThat(users.insert(user)).isTrue();
        assertThat(users.insert(user)).isFalse();
        assertThat(users.find("eve")).contains(user);
        users.setPassword("eve", "other");
        users.setEnabled("eve", false);
        StoredUser changed = users.find("eve").orElseThrow();
        assertThat(changed).isEqualTo(new StoredUser("eve", "other", false, 3, NOW));
        assertThat(users.count()).isEqualTo(1);
        users.endSessions("eve");
        assertThat(users.lock("eve").orElseThrow().version()).isEqualTo(4);
        users.insert(new StoredUser("adam", "hash", true, 1, NOW));
        assertThat(users.all()).extracting(StoredUser::name).containsExactly("adam", "eve");
        users.delete("eve");
        assertThat(users.find("eve")).isEmpty();
    }

    @Test
    void doesNotBringBackWhatAnotherTransactionHasChangedOfAUser() {
        users.insert(new StoredUser("eve", "hash", true, 1, NOW));
        in(entities -> {
            UserStore stale = new JpaUserStore(entities);
            assertThat(stale.find("eve")).isPresent();
            users.setPassword("eve", "newer");
            stale.setEnabled("eve", false);
            return true;
        });
        assertThat(users.find("eve")).contains(new StoredUser("eve", "newer", false, 3, NOW));
    }

    @Test
    void listsNeitherRevokedNorExpiredTokens() {
        for (int i = 1; i <= 3; i++) {
            StoredToken token = new StoredToken(
                    "id" + i,
                    "n",
                    EVE,
                    "hash",
                    i == 2 ? new TokenLimit(List.of("log:read"), "shop") : TokenLimit.none(),
                    NOW.plusSeconds(i),
                    NOW.plusSeconds(i == 3 ? 60 : 600),
                    null);
            tokens.insert(token);
        }
        tokens.revoke("id1", NOW);
        assertThat(tokens.ownedBy(EVE, NOW.plusSeconds(100)))
                .extracting(StoredToken::id)
                .containsExactly("id2");
        assertThat(tokens.find("id2").orElseThrow().limit()).isEqualTo(new TokenLimit(List.of("log:read"), "shop"));
        assertThat(tokens.find("id3").orElseThrow().limit().limits()).isFalse();
        tokens.insert(new StoredToken("other", "n", BOB, "hash", TokenLimit.none(), NOW, NOW.plusSeconds(600), null));
        tokens.revokeAll(BOB, NOW.plusSeconds(1));
        assertThat(tokens.ownedBy(BOB, NOW.plusSeconds(2))).isEmpty();
        assertThat(tokens.ownedBy(EVE, NOW.plusSeconds(2))).isNotEmpty();
        tokens.forgetEnded(NOW.plusSeconds(100));
        assertThat(tokens.find("id1")).isEmpty();
        assertThat(tokens.find("id2")).isPresent();
    }

    @Test
    void keepsTheFirstAnswerUnderAKey() {
        KeptAnswer first = new KeptAnswer("eve", "k", "hash", 200, "application/json", new byte[] {1}, NOW);
        KeptAnswer second = new KeptAnswer("eve", "k", "other", 201, null, new byte[0], NOW);
        for (KeptAnswer answer : List.of(first, second)) {
            answers.keep(answer);
        }
        KeptAnswer kept = answers.find("eve", "k").orElseThrow();
        assertThat(kept.requestSha256()).isEqualTo("hash");
        assertThat(kept.body()).containsExactly(1);
        assertThat(answers.find("bob", "k")).isEmpty();
    }
}

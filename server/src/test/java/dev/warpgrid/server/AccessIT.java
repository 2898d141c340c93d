package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.TestComponent;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles, bindings and service accounts, over HTTPS: who reaches what, and what nobody can give. */
class AccessIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String BINDINGS = "/api/v1/role-bindings";

    private static @Nullable TestPostgres postgres;
    private static @Nullable TestServer server;
    private static @Nullable ApiClient admin;
    private static final List<ApiClient> CLIENTS = new ArrayList<>();

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        server = TestServer.start(postgres, postgres.newDatabase()).awaitReady();
        admin = ApiClient.admin(server);
        for (String namespace : List.of("shop", "bank")) {
            admin().put("/api/v1/namespaces/" + namespace, "").is(200);
            String digest = admin().post(
                            "/api/v1/namespaces/" + namespace + "/artifacts",
                            "application/wasm",
                            TestComponent.httpService())
                    .is(201)
                    .json()
                    .path("digest")
                    .asString("");
            admin().put(deployments(namespace) + "/till", deployment("till", digest))
                    .is(201);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        CLIENTS.forEach(ApiClient::close);
        for (AutoCloseable part :
                Stream.of(admin, server, postgres).flatMap(Stream::ofNullable).toList()) {
            part.close();
        }
    }

    private static ApiClient admin() {
        return Optional.ofNullable(admin).orElseThrow();
    }

    private static String deployments(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/deployments";
    }

    private static String deployment(String name, String digest) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"artifact\":\"" + digest
                + "\",\"instances\":{\"min\":0}}}";
    }

    private static ApiClient bearer(Answer answer) {
        ApiClient client = ApiClient.anonymous(Optional.ofNullable(server).orElseThrow())
                .with("Authorization", "Bearer " + answer.json().path("secret").asString(""));
        CLIENTS.add(client);
        return client;
    }

    /** A new user without any role. */
    private static ApiClient user(String name) {
        admin().post("/api/v1/users", "{\"name\":\"" + name + "\",\"roles\":[],\"password\":\"" + PASSWORD + "\"}")
                .is(201);
        try (ApiClient nobody = ApiClient.anonymous(Optional.ofNullable(server).orElseThrow())) {
            return bearer(nobody.post("/api/v1/login", "{\"user\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                    .is(201));
        }
    }

    private static Answer bind(ApiClient by, String role, String kind, String subject, String namespace) {
        return by.post(
                BINDINGS,
                "{\"role\":\"" + role + "\",\"subject\":{\"kind\":\"" + kind + "\",\"name\":\"" + subject + "\"}"
                        + (namespace.isEmpty() ? "" : ",\"namespace\":\"" + namespace + "\"") + "}");
    }

    private static ApiClient user(String name, String role, String namespace) {
        ApiClient user = user(name);
        bind(admin(), role, "USER", name, namespace).is(201);
        return user;
    }

    @Test
    void aRoleInOneNamespaceReachesThatNamespaceAndNoOther() {
        ApiClient dev = user("dev-of-shop", "developer", "shop");
        dev.get(deployments("shop") + "/till").is(200);
        dev.post(deployments("shop") + "/till/scale", "{\"instances\":0}").is(200);
        assertThat(dev.get("/api/v1/deployments").is(200).text())
                .contains("shop")
                .doesNotContain("bank");
        assertThat(dev.get("/api/v1/namespaces").is(200).text())
                .contains("shop")
                .doesNotContain("bank");
        assertThat(dev.get("/api/v1/events?limit=1000").is(200).text())
                .contains("shop")
                .doesNotContain("bank", "NodeJoined");
        assertThat(dev.get("/api/v1/status").is(200).json().path("deployments").asInt())
                .isEqualTo(1);
        dev.get("/api/v1/nodes").isProblem(403, "PERMISSION_DENIED", "node:read");
        dev.get("/api/v1/users").isProblem(403, "PERMISSION_DENIED", "user:read");
        dev.put("/api/v1/namespaces/new", "").isProblem(403, "PERMISSION_DENIED", "namespace:write");
        bind(dev, "developer", "USER", "admin", "shop").isProblem(403, "PERMISSION_DENIED", "role-binding:write");
    }

    @Test
    void aForeignNamespaceAnswersAsOneThatIsNotThere() {
        ApiClient dev = user("curious", "developer", "shop");
        for (String path :
                List.of("/deployments/till", "/deployments", "/artifacts", "/instances", "/service-accounts", "")) {
            String foreign = dev.get("/api/v1/namespaces/bank" + path)
                    .isProblem(404, "NOT_FOUND")
                    .json()
                    .path("detail")
                    .asString("");
            String absent = dev.get("/api/v1/namespaces/none" + path)
                    .isProblem(404, "NOT_FOUND")
                    .json()
                    .path("detail")
                    .asString("");
            assertThat(foreign.replace("bank", "none")).as(path).isEqualTo(absent);
        }
        dev.get(BINDINGS + "?namespace=bank").isProblem(404, "NOT_FOUND", "bank");
        dev.get("/api/v1/events?namespace=bank").isProblem(404, "NOT_FOUND", "bank");
        String digest = dev.get("/api/v1/namespaces/shop/artifacts")
                .is(200)
                .json()
                .at("/items/0/digest")
                .asString("");
        String hidden = deployment("hidden", digest)
                .replace("\"spec\":{", "\"spec\":{\"trigger\":{\"http\":{\"hosts\":[\"vault.example.org\"]}},");
        admin().put(deployments("bank") + "/hidden", hidden).is(201);
        String taken = deployment("thief", digest)
                .replace("\"spec\":{", "\"spec\":{\"trigger\":{\"http\":{\"hosts\":[\"vault.example.org\"]}},");
        assertThat(dev.put(deployments("shop") + "/thief", taken)
                        .isProblem(409, "CONFLICT", "another namespace")
                        .text())
                .doesNotContain("bank");
    }

    @Test
    void nobodyGivesWhatTheyDoNotHold() {
        ApiClient lead = user("lead-of-shop", "namespace-admin", "shop");
        user("newcomer");
        bind(lead, "developer", "USER", "newcomer", "shop").is(201);
        bind(lead, "viewer", "USER", "newcomer", "bank").isProblem(404, "NOT_FOUND", "bank");
        bind(lead, "viewer", "USER", "newcomer", "").isProblem(403, "PERMISSION_DENIED", "role-binding:write");
        admin().put("/api/v1/roles/powerful", "{\"permissions\":[\"role-binding:write\",\"deployment:write\"]}")
                .is(200);
        admin().put("/api/v1/roles/binder", "{\"permissions\":[\"role-binding:write\",\"deployment:read\"]}")
                .is(200);
        ApiClient binder = user("binder", "binder", "shop");
        bind(binder, "powerful", "USER", "binder", "shop").isProblem(403, "PERMISSION_DENIED", "deployment:write");
        bind(binder, "binder", "USER", "newcomer", "shop").is(201);
        bind(admin(), "no-such-role", "USER", "newcomer", "shop").isProblem(400, "INVALID_REQUEST", "no-such-role");
        bind(admin(), "viewer", "USER", "no-such-user", "shop").isProblem(404, "NOT_FOUND", "no-such-user");
    }

    @Test
    void whoeverManagesUsersCannotBecomeTheAdministrator() {
        admin().put("/api/v1/roles/user-manager", "{\"permissions\":[\"user:read\",\"user:write\"]}")
                .is(200);
        ApiClient manager = user("manager", "user-manager", "");
        manager.post("/api/v1/users/admin/password", "{}").isProblem(403, "PERMISSION_DENIED", "\"admin\"");
        manager.put("/api/v1/users/admin", "{\"enabled\":false}").isProblem(403, "PERMISSION_DENIED");
        manager.delete("/api/v1/users/admin").isProblem(403, "PERMISSION_DENIED");
        manager.put("/api/v1/users/manager", "{\"roles\":[\"user-manager\",\"grid-admin\"]}")
                .isProblem(403, "PERMISSION_DENIED", "grid-admin");
        manager.post("/api/v1/users", "{\"name\":\"puppet\",\"roles\":[\"grid-admin\"]}")
                .isProblem(403, "PERMISSION_DENIED", "grid-admin");
        manager.get("/api/v1/users/puppet").isProblem(404, "NOT_FOUND");
        manager.post("/api/v1/users", "{\"name\":\"harmless\",\"roles\":[]}").is(201);
        manager.delete("/api/v1/users/harmless").is(204);
    }

    @Test
    void ownRolesAreMadeBoundAndTakenAway() {
        admin().put("/api/v1/roles/log-reader", "{\"description\":\"Logs\",\"permissions\":[\"log:read\"]}")
                .is(200);
        assertThat(admin().get("/api/v1/roles").text()).contains("log-reader", "namespace-admin", "\"builtIn\":true");
        ApiClient reader = user("log-reader", "log-reader", "shop");
        reader.get(deployments("shop") + "/till/logs?tail=1").is(200);
        reader.get(deployments("shop") + "/till").isProblem(403, "PERMISSION_DENIED", "deployment:read", "shop");
        admin().put("/api/v1/roles/log-reader", "{\"permissions\":[\"log:read\",\"deployment:read\"]}")
                .is(200);
        reader.get(deployments("shop") + "/till").is(200);
        admin().delete("/api/v1/roles/log-reader").isProblem(409, "CONFLICT", "bound once");
        String id = admin().get(BINDINGS + "?namespace=shop")
                .json()
                .valueStream()
                .filter(binding -> binding.path("role").asString("").equals("log-reader"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString("");
        admin().delete(BINDINGS + "/" + id).is(204);
        reader.get(deployments("shop") + "/till").isProblem(404, "NOT_FOUND", "shop");
        admin().delete("/api/v1/roles/log-reader").is(204);
        admin().delete("/api/v1/roles/viewer").isProblem(409, "CONFLICT", "built in");
        admin().put("/api/v1/roles/viewer", "{\"permissions\":[]}").isProblem(400, "INVALID_REQUEST", "built-in");
        assertThat(admin().put("/api/v1/roles/odd", "{\"permissions\":[\"log:read\",\"log:burn\"]}")
                        .isProblem(400, "INVALID_REQUEST", "log:burn")
                        .pointer())
                .isEqualTo("/permissions/1");
    }

    @Test
    void aServiceAccountActsWithItsTokensUntilTheyAreRevoked() {
        String accounts = "/api/v1/namespaces/shop/service-accounts";
        ApiClient lead = user("lead-of-accounts", "namespace-admin", "shop");
        lead.post(accounts, "{\"name\":\"ci\",\"description\":\"The pipeline\"}")
                .is(201);
        lead.post(accounts, "{\"name\":\"ci\"}").isProblem(409, "CONFLICT", "shop/ci");
        bind(lead, "developer", "SERVICE_ACCOUNT", "shop/ci", "shop").is(201);
        Answer made = lead.post(accounts + "/ci/tokens", "{\"name\":\"build\",\"validFor\":\"1h\"}")
                .is(201);
        ApiClient ci = bearer(made);
        Answer who = ci.get("/api/v1/whoami").is(200);
        assertThat(who.json().path("name").asString("")).isEqualTo("shop/ci");
        assertThat(who.json().path("kind").asString("")).isEqualTo("SERVICE_ACCOUNT");
        assertThat(who.json().path("roles").toString()).isEqualTo("[\"developer in shop\"]");
        ci.post(deployments("shop") + "/till/restart", "").is(204);
        ci.get(deployments("bank")).isProblem(404, "NOT_FOUND");
        ci.post("/api/v1/tokens", "{\"name\":\"another\"}").isProblem(403, "PERMISSION_DENIED", "service account");
        String id = made.json().path("id").asString("");
        assertThat(lead.get(accounts + "/ci/tokens").is(200).text())
                .contains(id)
                .doesNotContain(made.json().path("secret").asString("x"));
        lead.delete(accounts + "/ci/tokens/" + id).is(204);
        ci.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
        Answer second =
                lead.post(accounts + "/ci/tokens", "{\"name\":\"again\"}").is(201);
        lead.delete(accounts + "/ci").is(204);
        bearer(second).get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
        lead.post(accounts, "{\"name\":\"ci\"}").is(201);
        bearer(second).get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
        assertThat(lead.get(BINDINGS + "?namespace=shop").text()).doesNotContain("shop/ci");
    }

    @Test
    void aTokenOfAMorePowerfulAccountIsNotForTheAsking() {
        String accounts = "/api/v1/namespaces/bank/service-accounts";
        admin().post(accounts, "{\"name\":\"robot\"}").is(201);
        bind(admin(), "grid-admin", "SERVICE_ACCOUNT", "bank/robot", "").is(201);
        ApiClient lead = user("lead-of-bank", "namespace-admin", "bank");
        lead.post(accounts + "/robot/tokens", "{\"name\":\"mine\"}")
                .isProblem(403, "PERMISSION_DENIED", "bank/robot", "grid-wide");
        lead.post(
                        accounts + "/robot/tokens",
                        "{\"name\":\"mine\",\"namespace\":\"bank\",\"permissions\":[\"log:read\"]}")
                .is(201);
    }

    @Test
    void aLimitedTokenHoldsItsLimitAndCannotFreeItself() {
        Answer made = admin().post(
                        "/api/v1/tokens",
                        "{\"name\":\"narrow\",\"permissions\":[\"deployment:read\"],\"namespace\":\"shop\"}")
                .is(201);
        assertThat(made.json().path("permissions").toString()).isEqualTo("[\"deployment:read\"]");
        ApiClient narrow = bearer(made);
        narrow.get(deployments("shop") + "/till").is(200);
        narrow.get(deployments("bank") + "/till").isProblem(404, "NOT_FOUND");
        narrow.post(deployments("shop") + "/till/restart", "").isProblem(403, "PERMISSION_DENIED", "instance:restart");
        narrow.post("/api/v1/tokens", "{\"name\":\"wide\"}").isProblem(403, "PERMISSION_DENIED", "limited token");
        ApiClient viewer = user("limited-viewer", "viewer", "");
        viewer.post("/api/v1/tokens", "{\"name\":\"x\",\"permissions\":[\"deployment:write\"]}")
                .isProblem(403, "PERMISSION_DENIED", "deployment:write");
        viewer.post("/api/v1/tokens", "{\"name\":\"x\",\"permissions\":[\"deployment:burn\"]}")
                .isProblem(400, "INVALID_REQUEST", "deployment:burn");
    }

    @Test
    void everybodyMayAskWhatTheyMay() {
        ApiClient dev = user("asker", "developer", "shop");
        Answer yes = dev.get("/api/v1/can-i?permission=deployment:write&namespace=shop")
                .is(200);
        assertThat(yes.json().path("allowed").asBoolean()).isTrue();
        Answer no = dev.get("/api/v1/can-i?permission=deployment:write").is(200);
        assertThat(no.json().path("allowed").asBoolean()).isFalse();
        assertThat(no.json().path("reason").asString("")).contains("grid-wide");
        dev.get("/api/v1/can-i?permission=fly").isProblem(400, "INVALID_REQUEST", "fly");
    }

    @Test
    void aStreamEndsWhenItsCallerLosesWhatItLivesFrom() {
        ApiClient watcher = user("watcher", "viewer", "shop");
        try (Stream<String> lines = watcher.stream("/api/v1/deployments?watch=true")) {
            var iterator = lines.iterator();
            while (!iterator.next().contains("\"till\"")) {
                // The first state comes first.
            }
            admin().put("/api/v1/users/watcher", "{\"enabled\":false}").is(200);
            iterator.forEachRemaining(line -> assertThat(line).doesNotContain("bank"));
        }
    }

    @Test
    void aNamespaceTakesItsServiceAccountsAndBindingsAlong() {
        admin().put("/api/v1/namespaces/brief", "").is(200);
        admin().post("/api/v1/namespaces/brief/service-accounts", "{\"name\":\"ci\"}")
                .is(201);
        bind(admin(), "viewer", "SERVICE_ACCOUNT", "brief/ci", "").is(201);
        ApiClient ci = bearer(admin().post("/api/v1/namespaces/brief/service-accounts/ci/tokens", "{\"name\":\"t\"}")
                .is(201));
        ApiClient guest = user("guest", "viewer", "brief");
        guest.get(deployments("brief")).is(200);
        admin().delete("/api/v1/namespaces/brief").is(204);
        ci.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
        admin().put("/api/v1/namespaces/brief", "").is(200);
        guest.get(deployments("brief")).isProblem(404, "NOT_FOUND", "brief");
        assertThat(admin().get(BINDINGS).text()).doesNotContain("brief");
    }

    @Test
    void theLastAdministratorsBindingStays() {
        admin().delete(BINDINGS + "/" + binding("grid-admin", "admin")).isProblem(409, "CONFLICT", "grid-admin");
        admin().get("/api/v1/users").is(200);
    }

    @Test
    void twoAdministratorsCannotRemoveEachOtherAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            String name = "rival" + round;
            ApiClient rival = user(name, "grid-admin", "");
            String own = binding("grid-admin", "admin");
            String theirs = binding("grid-admin", name);
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<Answer>> answers = both.invokeAll(List.of(
                        () -> rival.delete(BINDINGS + "/" + own), () -> admin().delete(BINDINGS + "/" + theirs)));
                int removed = 0;
                for (Future<Answer> answer : answers) {
                    removed += answer.get().status() == 204 ? 1 : 0;
                }
                assertThat(removed).isEqualTo(1);
            }
            if (admin().get("/api/v1/users").status() != 200) {
                bind(rival, "grid-admin", "USER", "admin", "").is(201);
                admin().delete(BINDINGS + "/" + theirs).is(204);
            }
        }
    }

    private static String binding(String role, String subject) {
        return admin().get(BINDINGS)
                .json()
                .valueStream()
                .filter(binding -> binding.path("role").asString("").equals(role)
                        && binding.at("/subject/name").asString("").equals(subject))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString("");
    }
}

package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.TestComponent;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The audit trail of a running server: what every kind of write and every refused attempt leaves in it. */
class AuditIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String SHOP = "/api/v1/namespaces/shop";

    private static @Nullable TestPostgres postgres;
    private static @Nullable TestServer server;
    private static @Nullable ApiClient admin;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start();
        server = TestServer.start(postgres, postgres.newDatabase()).awaitReady();
        admin = ApiClient.admin(server);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part :
                Stream.of(admin, server, postgres).flatMap(Stream::ofNullable).toList()) {
            part.close();
        }
    }

    private static ApiClient admin() {
        return Optional.ofNullable(admin).orElseThrow();
    }

    private static JsonNode newest(String query) {
        return admin().get("/api/v1/audit?limit=1" + query).is(200).json().path(0);
    }

    /** The newest entry, which has to be of this action. */
    private static JsonNode left(String action) {
        JsonNode entry = newest("");
        assertThat(entry.path("action").asString("")).isEqualTo(action);
        assertThat(entry.path("outcome").asString("")).isEqualTo("DONE");
        assertThat(entry.path("actor").asString("")).isEqualTo("admin");
        assertThat(entry.path("origin").asString("")).contains("127.0.0.1", "with token");
        return entry;
    }

    @Test
    void everyKindOfWriteLeavesItsEntryAndNoSecret() {
        assertThat(newest("&action=session.login").path("actor").asString("")).isEqualTo("admin");
        admin().put(SHOP, "").is(200);
        left("namespace.create");
        String digest = admin().post(SHOP + "/artifacts", "application/wasm", TestComponent.httpService())
                .is(201)
                .json()
                .path("digest")
                .asString("");
        left("artifact.upload");
        String till = SHOP + "/deployments/till";
        String body = "{\"metadata\":{\"name\":\"till\"},\"spec\":{\"artifact\":\"" + digest
                + "\",\"environment\":{\"KEY\":\"hunter2-value\"}}}";
        admin().put(till, body).is(201);
        JsonNode applied = left("deployment.apply");
        assertThat(applied.path("resource").asString("")).isEqualTo("till");
        assertThat(applied.path("before").isMissingNode()).isTrue();
        assertThat(applied.path("after").asString("")).contains("/spec/environment/KEY", "(hidden");
        long id = applied.path("id").asLong();
        admin().put(till, body).is(200);
        admin().put(till + "?dryRun=true", body.replace("hunter2", "hunter3")).is(200);
        assertThat(newest("").path("id").asLong())
                .as("what changes nothing leaves nothing")
                .isEqualTo(id);
        admin().post(till + "/scale", "{\"instances\":2}").is(200);
        JsonNode scaled = left("deployment.scale");
        assertThat(scaled.path("before").asString("")).contains("\"/spec/instances/min\":\"1\"");
        assertThat(scaled.path("after").asString("")).contains("\"/spec/instances/min\":\"2\"");
        admin().post(till + "/restart", "").is(204);
        left("deployment.restart");
        admin().delete(till).is(204);
        left("deployment.delete");
        admin().delete(SHOP + "/artifacts/" + digest).is(204);
        left("artifact.delete");
        String token =
                admin().post("/api/v1/tokens", "{\"name\":\"ci\"}").is(201).text();
        left("token.create");
        admin().delete("/api/v1/tokens/" + token.replaceAll(".*\"id\":\"(\\w+)\".*", "$1"))
                .is(204);
        left("token.revoke");
        Answer join =
                admin().post("/api/v1/join-tokens", "{\"validFor\":\"1h\"}").is(201);
        left("join-token.create");
        admin().post("/api/v1/users", "{\"name\":\"una\",\"roles\":[\"viewer\"],\"password\":\"" + PASSWORD + "\"}")
                .is(201);
        left("user.create");
        admin().put("/api/v1/users/una", "{\"enabled\":false}").is(200);
        assertThat(left("user.update").path("after").asString("")).contains("\"enabled\":false");
        String reset = admin().post("/api/v1/users/una/password", "{}")
                .is(201)
                .json()
                .path("password")
                .asString("");
        left("user.password.reset");
        admin().delete("/api/v1/users/una").is(204);
        left("user.delete");
        admin().put("/api/v1/roles/logs", "{\"permissions\":[\"log:read\"]}").is(200);
        left("role.put");
        admin().post(SHOP + "/service-accounts", "{\"name\":\"ci\"}").is(201);
        left("service-account.create");
        String binding = admin().post(
                        "/api/v1/role-bindings",
                        "{\"role\":\"logs\",\"subject\":{\"kind\":\"SERVICE_ACCOUNT\",\"name\":\"shop/ci\"},\"namespace\":\"shop\"}")
                .is(201)
                .json()
                .path("id")
                .asString("");
        left("role-binding.create");
        Answer machine = admin().post(SHOP + "/service-accounts/ci/tokens", "{\"name\":\"t\"}")
                .is(201);
        left("service-account.token.create");
        admin().delete(SHOP + "/service-accounts/ci/tokens/"
                        + machine.json().path("id").asString(""))
                .is(204);
        left("service-account.token.revoke");
        admin().delete("/api/v1/role-bindings/" + binding).is(204);
        left("role-binding.delete");
        admin().delete("/api/v1/roles/logs").is(204);
        left("role.delete");
        admin().delete(SHOP + "/service-accounts/ci").is(204);
        left("service-account.delete");
        admin().delete(SHOP).is(204);
        left("namespace.delete");
        try (Stream<String> lines = admin().stream("/api/v1/audit/export")) {
            String all = String.join("\n", lines.toList());
            assertThat(all).contains("deployment.apply").doesNotContain("hunter2", PASSWORD, reset);
            assertThat(all)
                    .doesNotContain(
                            machine.json().path("secret").asString("x").substring(18),
                            join.json().path("token").asString("x").substring(20));
        }
        assertThat(admin().get("/api/v1/audit/verify")
                        .is(200)
                        .json()
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRefusedAttemptLeavesItsTrace() {
        admin().post("/api/v1/users", "{\"name\":\"rex\",\"roles\":[\"viewer\"],\"password\":\"" + PASSWORD + "\"}")
                .is(201);
        try (ApiClient nobody = ApiClient.anonymous(Optional.ofNullable(server).orElseThrow())) {
            ApiClient rex = nobody.with(
                    "Authorization",
                    "Bearer "
                            + nobody.post("/api/v1/login", "{\"user\":\"rex\",\"password\":\"" + PASSWORD + "\"}")
                                    .is(201)
                                    .json()
                                    .path("secret")
                                    .asString(""));
            rex.delete("/api/v1/namespaces/default").isProblem(403, "PERMISSION_DENIED");
            refused("namespace.delete", "default", "PERMISSION_DENIED");
            rex.put(
                            "/api/v1/namespaces/default/deployments/x",
                            "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"artifact\":\"y\"}}")
                    .isProblem(403, "PERMISSION_DENIED");
            assertThat(refused("deployment.apply", "x", "deployment:write")
                            .path("namespace")
                            .asString(""))
                    .isEqualTo("default");
            rex.post("/api/v1/users/admin/password", "{\"password\":\"a-secret-that-stays-one\"}")
                    .isProblem(403, "PERMISSION_DENIED");
            refused("user.password.reset", "admin", "user:write");
            rex.get("/api/v1/audit").isProblem(403, "PERMISSION_DENIED", "audit:read");
            assertThat(admin().get("/api/v1/audit?actor=rex&limit=100").text())
                    .doesNotContain("a-secret-that-stays-one");
        }
        admin().delete("/api/v1/nodes/absent").isProblem(404, "NOT_FOUND");
        assertThat(newest("&outcome=REFUSED").path("action").asString("")).isEqualTo("node.delete");
    }

    private static JsonNode refused(String action, String resource, String why) {
        JsonNode entry = newest("&outcome=REFUSED&actor=rex");
        assertThat(entry.path("action").asString("")).isEqualTo(action);
        assertThat(entry.path("resource").asString("")).isEqualTo(resource);
        assertThat(entry.path("detail").asString("")).contains(why);
        return entry;
    }

    @Test
    void refusesFiltersThatMeanNothing() {
        for (String query : List.of("limit=0", "limit=1001", "outcome=MAYBE", "since=yesterday", "before=x")) {
            Answer answer = admin().get("/api/v1/audit?" + query);
            assertThat(answer.status()).as(query).isIn(400, 404);
            assertThat(answer.code()).as(query).isIn("INVALID_REQUEST", "NOT_FOUND");
        }
    }
}

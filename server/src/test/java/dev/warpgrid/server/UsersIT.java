package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users at run time, over HTTPS: what changes of one, and what ends with it. */
class UsersIT {
    private static final String PASSWORD = "correct horse battery";

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

    private static TestServer server() {
        return Optional.ofNullable(server).orElseThrow();
    }

    private static void create(String name, String role) {
        admin().post(
                        "/api/v1/users",
                        "{\"name\":\"" + name + "\",\"roles\":[\"" + role + "\"],\"password\":\"" + PASSWORD + "\"}")
                .is(201);
    }

    private static Answer login(String name, String password) {
        try (ApiClient nobody = ApiClient.anonymous(server())) {
            return nobody.post("/api/v1/login", "{\"user\":\"" + name + "\",\"password\":\"" + password + "\"}");
        }
    }

    private static ApiClient signedIn(String name) {
        return bearer(login(name, PASSWORD).is(201));
    }

    private static ApiClient bearer(Answer answer) {
        return ApiClient.anonymous(server())
                .with("Authorization", "Bearer " + answer.json().path("secret").asString(""));
    }

    /** A browser's session, as its cookie. */
    private static ApiClient browser(String name) {
        ApiClient anonymous = ApiClient.anonymous(server());
        String cookie = anonymous
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "/login",
                        BodyPublishers.ofString("username=" + name + "&password="
                                + java.net.URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8)))
                .is(302)
                .headers()
                .getOrDefault("set-cookie", "");
        return anonymous.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    @Test
    void makesAUserWhosePasswordIsShownOnce() {
        Answer made = admin().post("/api/v1/users", "{\"name\":\"once\",\"roles\":[\"viewer\"]}")
                .is(201);
        String password = made.json().path("password").asString("");
        assertThat(password).hasSizeGreaterThan(20);
        Answer read = admin().get("/api/v1/users/once").is(200);
        assertThat(read.json().path("roles").toString()).isEqualTo("[\"viewer\"]");
        assertThat(read.text()).doesNotContain(password, "password");
        assertThat(admin().get("/api/v1/users").is(200).text()).contains("\"once\"", "\"admin\"");
        try (ApiClient user = bearer(login("once", password).is(201))) {
            assertThat(user.get("/api/v1/whoami").json().path("name").asString(""))
                    .isEqualTo("once");
        }
        assertThat(admin().get("/api/v1/events?limit=50").text())
                .contains("UserCreated")
                .doesNotContain(password);
        assertThat(server().log()).doesNotContain(password);
    }

    @Test
    void refusesNamesRolesAndPasswordsThatAreNone() {
        admin().post("/api/v1/users", "{\"name\":\"Eve Ning\",\"roles\":[]}")
                .isProblem(400, "INVALID_REQUEST", "lower-case");
        admin().post("/api/v1/users", "{\"name\":\"system\",\"roles\":[]}").isProblem(400, "INVALID_REQUEST", "system");
        assertThat(admin().post("/api/v1/users", "{\"name\":\"ok\",\"roles\":[\"viewer\",\"king\"]}")
                        .isProblem(400, "INVALID_REQUEST", "king")
                        .pointer())
                .isEqualTo("/roles/1");
        assertThat(admin().post("/api/v1/users", "{\"name\":\"ok\",\"roles\":[],\"password\":\"short\"}")
                        .isProblem(400, "INVALID_REQUEST", "12 to 256")
                        .pointer())
                .isEqualTo("/password");
        admin().post("/api/v1/users", "{\"name\":\"admin\",\"roles\":[]}").isProblem(409, "CONFLICT", "already");
        admin().get("/api/v1/users/absent").isProblem(404, "NOT_FOUND", "absent");
        admin().put("/api/v1/users/absent", "{\"enabled\":false}").isProblem(404, "NOT_FOUND");
        admin().delete("/api/v1/users/absent").isProblem(404, "NOT_FOUND");
    }

    @Test
    void aDisabledUserIsOutAtOnceAndStaysOutWithTheOldTokens() {
        create("dora", "viewer");
        try (ApiClient token = signedIn("dora");
                ApiClient browser = browser("dora")) {
            token.get("/api/v1/namespaces").is(200);
            browser.get("/").is(200);
            admin().put("/api/v1/users/dora", "{\"enabled\":false}").is(200);
            token.get("/api/v1/namespaces").isProblem(401, "UNAUTHENTICATED");
            browser.get("/").is(302);
            login("dora", PASSWORD).isProblem(401, "UNAUTHENTICATED");
            admin().put("/api/v1/users/dora", "{\"enabled\":true}").is(200);
            token.get("/api/v1/namespaces").isProblem(401, "UNAUTHENTICATED");
            browser.get("/").is(302);
            login("dora", PASSWORD).is(201);
        }
    }

    @Test
    void aNewPasswordEndsSessionsAndTokens() {
        create("paul", "viewer");
        try (ApiClient token = signedIn("paul");
                ApiClient browser = browser("paul")) {
            Answer reset = admin().post("/api/v1/users/paul/password", "{}").is(201);
            token.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
            browser.get("/").is(302);
            login("paul", PASSWORD).isProblem(401, "UNAUTHENTICATED");
            login("paul", reset.json().path("password").asString("")).is(201);
        }
    }

    @Test
    void otherRolesActAtOnceAndEndSessions() {
        create("rosa", "viewer");
        try (ApiClient token = signedIn("rosa");
                ApiClient browser = browser("rosa")) {
            token.put("/api/v1/namespaces/rosas", "").isProblem(403, "PERMISSION_DENIED", "namespace:write");
            admin().put("/api/v1/users/rosa", "{\"roles\":[\"grid-admin\"]}").is(200);
            token.put("/api/v1/namespaces/rosas", "").is(200);
            browser.get("/").is(302);
            admin().put("/api/v1/users/rosa", "{\"roles\":[]}").is(200);
            token.get("/api/v1/namespaces").isProblem(403, "PERMISSION_DENIED", "namespace:read");
        }
    }

    @Test
    void aUserOfADeletedUsersNameInheritsNothing() {
        create("nora", "viewer");
        try (ApiClient token = signedIn("nora");
                ApiClient browser = browser("nora")) {
            admin().delete("/api/v1/users/nora").is(204);
            token.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
            create("nora", "viewer");
            token.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
            browser.get("/").is(302);
        }
    }

    @Test
    void everybodyChangesTheOwnPasswordAndGetsANewToken() {
        create("vera", "viewer");
        try (ApiClient old = signedIn("vera")) {
            String path = "/api/v1/whoami/password";
            assertThat(old.post(path, "{\"present\":\"wrong\",\"next\":\"another fine sentence\"}")
                            .isProblem(400, "INVALID_REQUEST", "another")
                            .pointer())
                    .isEqualTo("/present");
            old.post(path, "{\"present\":\"" + PASSWORD + "\",\"next\":\"short\"}")
                    .isProblem(400, "INVALID_REQUEST", "12 to 256");
            old.post(path, "{\"present\":\"" + PASSWORD + "\",\"next\":\"" + PASSWORD + "\"}")
                    .isProblem(400, "INVALID_REQUEST", "present one");
            Answer changed = old.post(path, "{\"present\":\"" + PASSWORD + "\",\"next\":\"another fine sentence\"}")
                    .is(201);
            old.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
            try (ApiClient fresh = bearer(changed)) {
                fresh.get("/api/v1/whoami").is(200);
            }
            login("vera", PASSWORD).isProblem(401, "UNAUTHENTICATED");
            login("vera", "another fine sentence").is(201);
        }
    }

    @Test
    void everybodyManagesTheOwnTokensAndNobodyElses() {
        create("tina", "viewer");
        String adminsToken = admin().post("/api/v1/tokens", "{\"name\":\"ci\"}")
                .is(201)
                .json()
                .path("id")
                .asString("");
        try (ApiClient tina = signedIn("tina")) {
            String made = tina.post("/api/v1/tokens", "{\"name\":\"mine\"}")
                    .is(201)
                    .json()
                    .path("id")
                    .asString("");
            assertThat(tina.get("/api/v1/tokens").is(200).text()).contains(made).doesNotContain(adminsToken);
            tina.delete("/api/v1/tokens/" + adminsToken).isProblem(404, "NOT_FOUND");
            tina.delete("/api/v1/tokens/" + made).is(204);
        }
    }

    @Test
    void viewersNeitherSeeNorChangeUsers() {
        create("vic", "viewer");
        try (ApiClient vic = signedIn("vic")) {
            vic.get("/api/v1/users/admin").isProblem(403, "PERMISSION_DENIED", "user:read");
            vic.post("/api/v1/users", "{\"name\":\"mallory\",\"roles\":[\"grid-admin\"]}")
                    .isProblem(403, "PERMISSION_DENIED", "user:write");
            vic.put("/api/v1/users/vic", "{\"roles\":[\"grid-admin\"]}")
                    .isProblem(403, "PERMISSION_DENIED", "user:write");
            vic.post("/api/v1/users/admin/password", "{}").isProblem(403, "PERMISSION_DENIED", "user:write");
            vic.delete("/api/v1/users/admin").isProblem(403, "PERMISSION_DENIED", "user:write");
        }
    }

    @Test
    void theLastAdministratorStays() {
        for (Answer refused : java.util.List.of(
                admin().delete("/api/v1/users/admin"),
                admin().put("/api/v1/users/admin", "{\"enabled\":false}"),
                admin().put("/api/v1/users/admin", "{\"roles\":[\"viewer\"]}"))) {
            refused.isProblem(409, "CONFLICT", "grid-admin");
        }
        admin().get("/api/v1/whoami").is(200);
    }
}

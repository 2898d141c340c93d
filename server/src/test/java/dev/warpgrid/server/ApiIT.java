package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.Eventually;
import dev.warpgrid.server.testing.TestComponent;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every path of the management contract, over HTTPS against the server as it is shipped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {
    private static final String DEPLOYMENTS = "/api/v1/namespaces/default/deployments";
    private static final String ARTIFACTS = "/api/v1/namespaces/default/artifacts";

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
    static void stop() {
        Stream.of(admin, server, postgres).forEach(ApiIT::close);
    }

    private static void close(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiClient admin() {
        return Optional.ofNullable(admin).orElseThrow();
    }

    private static TestServer server() {
        return Optional.ofNullable(server).orElseThrow();
    }

    private static byte[] component() {
        return TestComponent.httpService();
    }

    private static String artifact() {
        return admin().post(ARTIFACTS, "application/wasm", component())
                .is(201)
                .json()
                .path("digest")
                .asString("");
    }

    private static String deployment(String name, String rest) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"artifact\":\"" + artifact() + "\"" + rest + "}}";
    }

    @Test
    void writesTheFirstPasswordWhereOnlyTheOwnerReadsIt() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server().home().resolve("initial-admin-password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesWhoeverSendsNoTokenOrAWrongOne() {
        try (ApiClient nobody = ApiClient.anonymous(server())) {
            nobody.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED", "access token");
            nobody.with("Authorization", "Bearer warp_000000000000_" + "x".repeat(43))
                    .get("/api/v1/whoami")
                    .isProblem(401, "UNAUTHENTICATED", "unknown, revoked or expired");
        }
    }

    @Test
    void knowsWhoAsks() {
        Answer answer = admin().get("/api/v1/whoami").is(200);
        assertThat(answer.json().path("name").asString("")).isEqualTo("admin");
        assertThat(answer.json().path("roles").toString()).isEqualTo("[\"grid-admin\"]");
    }

    @Test
    void answersWhatIsNotThereAsProblems() {
        admin().get("/api/v1/nothing").isProblem(404, "NOT_FOUND", "/api/v1/nothing");
        admin().get(DEPLOYMENTS + "/absent").isProblem(404, "NOT_FOUND", "default/absent");
        admin().send("PATCH", "/api/v1/namespaces", BodyPublishers.noBody())
                .isProblem(405, "METHOD_NOT_ALLOWED", "GET");
        admin().post(DEPLOYMENTS + "/a/scale", "text/plain", new byte[] {'x'})
                .isProblem(415, "UNSUPPORTED_MEDIA_TYPE", "application/json");
        admin().with("Accept", "image/png")
                .get("/api/v1/namespaces")
                .isProblem(406, "NOT_ACCEPTABLE", "application/json");
    }

    @Test
    void pointsAtWhatIsWrongInABody() {
        admin().put(DEPLOYMENTS + "/a", "{\"metadata\":").isProblem(400, "INVALID_REQUEST", "no JSON", "line 1");
        assertThat(admin().put(DEPLOYMENTS + "/a", "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"artefact\":\"x\"}}")
                        .isProblem(400, "INVALID_REQUEST", "artefact", "artifact")
                        .pointer())
                .isEqualTo("/spec/artefact");
        assertThat(admin().put(DEPLOYMENTS + "/a", "{\"metadata\":{\"name\":\"a\"}}")
                        .isProblem(400, "INVALID_REQUEST", "missing")
                        .pointer())
                .isEqualTo("/spec");
        assertThat(admin().put(
                                DEPLOYMENTS + "/a",
                                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"artifact\":\"x\",\"instances\":{\"min\":\"many\"}}}")
                        .isProblem(400, "INVALID_REQUEST")
                        .pointer())
                .isEqualTo("/spec/instances/min");
        admin().put(
                        DEPLOYMENTS + "/a",
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"artifact\":\"" + "x".repeat(2 << 20) + "\"}}")
                .isProblem(413, "PAYLOAD_TOO_LARGE", "1MiB");
    }

    @Test
    void refusesWhatIsNoComponent() {
        admin().post(ARTIFACTS, "application/wasm", "hello, world".getBytes(StandardCharsets.UTF_8))
                .isProblem(422, "UNSUPPORTED_ARTIFACT", "no WebAssembly", "byte 0");
        admin().post(ARTIFACTS, "application/wasm", new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})
                .isProblem(422, "UNSUPPORTED_ARTIFACT", "core WebAssembly module", "byte 4");
        byte[] whole = component();
        admin().post(ARTIFACTS, "application/wasm", Arrays.copyOf(whole, whole.length / 2))
                .isProblem(422, "UNSUPPORTED_ARTIFACT", "byte");
        admin().post("/api/v1/namespaces/absent/artifacts", "application/wasm", whole)
                .isProblem(404, "NOT_FOUND", "absent");
    }

    @Test
    void keepsAnArtifactOnceAndTellsWhatItNeeds() {
        String digest = artifact();
        assertThat(artifact()).isEqualTo(digest);
        Answer found = admin().get(ARTIFACTS + "/" + digest).is(200);
        assertThat(found.json().path("exports").toString()).contains("wasi:http/incoming-handler@0.2");
        assertThat(found.json().path("imports").toString()).contains("wasi:http/types@0.2");
        assertThat(found.json().path("minimumMemoryBytes").asLong()).isPositive();
        admin().with("If-None-Match", "\"" + digest + "\"")
                .get(ARTIFACTS + "/" + digest)
                .is(304);
        assertThat(admin().get(ARTIFACTS).is(200).json().path("total").asLong()).isEqualTo(1);
    }

    @Test
    void appliesADeploymentThroughItsWholeLife() {
        String path = DEPLOYMENTS + "/life";
        Answer dry = admin().put(path + "?dryRun=true", deployment("life", "")).is(200);
        assertThat(dry.json().path("outcome").asString("")).isEqualTo("CREATED");
        admin().get(path).is(404);

        Answer created = admin().put(path, deployment("life", "")).is(201);
        assertThat(created.json().at("/deployment/spec/resources/memory").asString(""))
                .isEqualTo("64MiB");
        assertThat(created.json().at("/deployment/spec/trigger/http/hosts/0").asString(""))
                .isEqualTo("life.default.localhost");
        Answer again = admin().put(path, deployment("life", "")).is(200);
        assertThat(again.json().path("outcome").asString("")).isEqualTo("UNCHANGED");
        String tag = admin().get(path).is(200).headers().getOrDefault("etag", "");
        assertThat(tag)
                .isEqualTo(created.headers().get("etag"))
                .isEqualTo(again.headers().get("etag"));

        Answer changed = admin().with("If-Match", tag)
                .put(path, deployment("life", ",\"environment\":{\"GREETING\":\"hi\"}"))
                .is(200);
        assertThat(changed.json().path("changes").toString())
                .isEqualTo("[{\"pointer\":\"/spec/environment/GREETING\",\"before\":\"\",\"after\":\"hi\"}]");
        assertThat(changed.json().at("/deployment/metadata/generation").asInt()).isEqualTo(2);
        admin().with("If-Match", tag)
                .put(path, deployment("life", ""))
                .isProblem(412, "PRECONDITION_FAILED", "read it again");
        admin().with("If-None-Match", "*").put(path, deployment("life", "")).isProblem(409, "CONFLICT", "already");

        Answer scaled = admin().post(path + "/scale", "{\"instances\":3}").is(200);
        assertThat(scaled.json().at("/deployment/spec/instances/min").asInt()).isEqualTo(3);
        admin().post(path + "/scale", "{\"instances\":-1}").isProblem(400, "INVALID_REQUEST", "0 to 1000");
        admin().post(path + "/restart", "").is(204);
        admin().delete(ARTIFACTS + "/" + artifact()).isProblem(409, "CONFLICT", "default/life");
        admin().with("If-Match", tag).delete(path).isProblem(412, "PRECONDITION_FAILED");
        admin().delete(path).is(204);
        admin().get(path).isProblem(404, "NOT_FOUND");
        assertThat(admin().get("/api/v1/events?deployment=life").is(200).json().findValuesAsString("reason"))
                .containsSubsequence(
                        "DeploymentCreated",
                        "DeploymentUpdated",
                        "DeploymentScaled",
                        "DeploymentRestarted",
                        "DeploymentDeleted");
    }

    @Test
    void refusesEachBrokenRuleBeforeAnythingChanges() {
        List<List<String>> cases = List.of(
                List.of(",\"resources\":{\"memory\":\"64 parsecs\"}", "/spec/resources/memory", "64 parsecs"),
                List.of(",\"resources\":{\"memory\":\"64KiB\"}", "/spec/resources/memory", "raise it to"),
                List.of(",\"resources\":{\"timeout\":\"soon\"}", "/spec/resources/timeout", "30s"),
                List.of(",\"resources\":{\"timeout\":\"2h\"}", "/spec/resources/timeout", "1h"),
                List.of(",\"environment\":{\"1X\":\"a\"}", "/spec/environment/1X", "digit"),
                List.of(",\"environment\":{\"A/B\":\"a\"}", "/spec/environment/A~1B", "letters"),
                List.of(",\"instances\":{\"min\":1001}", "/spec/instances/min", "1000"),
                List.of(host("localhost"), "/spec/trigger/http/hosts/0", "reserved"),
                List.of(host("other.default.localhost"), "/spec/trigger/http/hosts/0", "reserved"),
                List.of(host("Shop.example.org"), "/spec/trigger/http/hosts/0", "lower-case"),
                List.of(host("shop.example.org:80"), "/spec/trigger/http/hosts/0", "port"),
                List.of(",\"trigger\":{\"http\":{\"paths\":[\"no-slash\"]}}", "/spec/trigger/http/paths/0", "slash"));
        for (List<String> wrong : cases) {
            Answer answer = admin().put(DEPLOYMENTS + "/wrong", deployment("wrong", wrong.get(0)))
                    .isProblem(400, "INVALID_REQUEST", wrong.get(2));
            assertThat(answer.pointer()).as(wrong.get(0)).isEqualTo(wrong.get(1));
        }
        admin().put(DEPLOYMENTS + "/Wrong", deployment("Wrong", "")).isProblem(400, "INVALID_REQUEST", "DNS label");
        admin().put(DEPLOYMENTS + "/wrong", deployment("other", "")).isProblem(400, "INVALID_REQUEST", "the same");
        admin().put(
                        DEPLOYMENTS + "/wrong",
                        "{\"metadata\":{\"name\":\"wrong\"},\"spec\":{\"artifact\":\"sha256:" + "0".repeat(64) + "\"}}")
                .isProblem(400, "INVALID_REQUEST", "upload it first");
        admin().put("/api/v1/namespaces/absent/deployments/wrong", deployment("wrong", ""))
                .isProblem(404, "NOT_FOUND", "absent");
        admin().get(DEPLOYMENTS + "/wrong").is(404);
    }

    private static String host(String host) {
        return ",\"trigger\":{\"http\":{\"hosts\":[\"" + host + "\"]}}";
    }

    @Test
    void givesAHostToOneDeploymentOnly() {
        admin().put(DEPLOYMENTS + "/first", deployment("first", host("shop.example.org")))
                .is(201);
        Answer second = admin().put(DEPLOYMENTS + "/second", deployment("second", host("shop.example.org")))
                .isProblem(409, "CONFLICT", "default/first");
        assertThat(second.pointer()).isEqualTo("/spec/trigger/http/hosts/0");
        admin().delete(DEPLOYMENTS + "/first").is(204);
        admin().put(DEPLOYMENTS + "/second", deployment("second", host("shop.example.org")))
                .is(201);
        admin().delete(DEPLOYMENTS + "/second").is(204);
    }

    @Test
    void pagesThroughAListWithoutGapOrDouble() {
        admin().put("/api/v1/namespaces/paging", "").is(200);
        byte[] bytes = component();
        admin().post("/api/v1/namespaces/paging/artifacts", "application/wasm", bytes)
                .is(201);
        for (int i = 0; i < 5; i++) {
            admin().put(
                            "/api/v1/namespaces/paging/deployments/p" + i,
                            deployment("p" + i, "")
                                    .replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"n\":\"" + i % 2 + "\"},"))
                    .is(201);
        }
        String path = "/api/v1/namespaces/paging/deployments?limit=2";
        List<String> seen = new java.util.ArrayList<>();
        String cursor = "";
        do {
            Answer page = admin().get(cursor.isEmpty() ? path : path + "&cursor=" + cursor)
                    .is(200);
            assertThat(page.json().path("total").asLong()).isEqualTo(5);
            page.json()
                    .path("items")
                    .forEach(item -> seen.add(item.at("/metadata/name").asString("")));
            cursor = page.json().path("cursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("p0", "p1", "p2", "p3", "p4");
        assertThat(admin().get("/api/v1/namespaces/paging/deployments?labels=n%3D1")
                        .json()
                        .path("total")
                        .asLong())
                .isEqualTo(2);
        admin().get(path + "&cursor=nonsense").isProblem(400, "INVALID_REQUEST", "cursor");
        admin().get("/api/v1/namespaces/paging/deployments?limit=0").isProblem(400, "INVALID_REQUEST", "1 to 1000");
        admin().delete("/api/v1/namespaces/paging").isProblem(409, "CONFLICT", "5 deployments");
    }

    @Test
    void doesAPostOnceForOneIdempotencyKey() {
        admin().put(DEPLOYMENTS + "/once", deployment("once", "")).is(201);
        ApiClient keyed = admin().with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first =
                keyed.post(DEPLOYMENTS + "/once/scale", "{\"instances\":2}").is(200);
        Answer second =
                keyed.post(DEPLOYMENTS + "/once/scale", "{\"instances\":2}").is(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.headers()).containsEntry("idempotent-replay", "true");
        keyed.post(DEPLOYMENTS + "/once/scale", "{\"instances\":3}").isProblem(409, "CONFLICT", "another request");
        ApiClient secret = admin().with("Idempotency-Key", UUID.randomUUID().toString());
        secret.post("/api/v1/tokens", "{\"name\":\"ci\"}").is(201);
        secret.post("/api/v1/tokens", "{\"name\":\"ci\"}").isProblem(409, "CONFLICT", "shown once");
        admin().delete(DEPLOYMENTS + "/once").is(204);
    }

    @Test
    void makesShowsAndRevokesTokens() {
        Answer made = admin().post("/api/v1/tokens", "{\"name\":\"short\",\"validFor\":\"1h\"}")
                .is(201);
        String id = made.json().path("id").asString("");
        ApiClient owner = admin().with(
                        "Authorization", "Bearer " + made.json().path("secret").asString(""));
        owner.get("/api/v1/whoami").is(200);
        assertThat(admin().get("/api/v1/tokens").is(200).text()).contains(id).doesNotContain("warp_" + id);
        admin().delete("/api/v1/tokens/" + id).is(204);
        owner.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
        admin().delete("/api/v1/tokens/" + id).isProblem(404, "NOT_FOUND");
        admin().post("/api/v1/tokens", "{\"name\":\"long\",\"validFor\":\"400d\"}")
                .isProblem(400, "INVALID_REQUEST", "365d");
    }

    @Test
    void resumesAWatchOfEventsWhereItEnded() {
        admin().put("/api/v1/namespaces/watched", "").is(200);
        long last =
                admin().get("/api/v1/events?limit=1").json().path(0).path("id").asLong();
        admin().delete("/api/v1/namespaces/watched").is(204);
        try (Stream<String> lines = admin().with("Last-Event-ID", Long.toString(last - 1)).stream(
                "/api/v1/events?watch=true&namespace=watched")) {
            List<String> reasons = lines.filter(line -> line.startsWith("data:"))
                    .limit(2)
                    .map(line -> line.replaceAll(".*\"reason\":\"(\\w+)\".*", "$1"))
                    .toList();
            assertThat(reasons).containsExactly("NamespaceCreated", "NamespaceDeleted");
        }
        admin().with("Last-Event-ID", "x").get("/api/v1/events?watch=true").isProblem(400, "INVALID_REQUEST");
    }

    @Test
    void tellsWatchersOfADeploymentWhatItIsNow() {
        admin().put(DEPLOYMENTS + "/seen", deployment("seen", "")).is(201);
        try (Stream<String> lines = admin().stream("/api/v1/deployments?watch=true")) {
            var iterator = lines.iterator();
            awaitLine(iterator, "event: changed");
            awaitLine(iterator, "\"name\":\"seen\"");
            admin().delete(DEPLOYMENTS + "/seen").is(204);
            awaitLine(iterator, "event: deleted");
            awaitLine(iterator, "\"name\":\"seen\"");
        }
    }

    private static void awaitLine(java.util.Iterator<String> lines, String part) {
        while (lines.hasNext()) {
            if (lines.next().contains(part)) {
                return;
            }
        }
        throw new AssertionError("The stream ended without a line that holds " + part);
    }

    @Test
    void answersMeasuresStatusAndLogs() {
        admin().put(DEPLOYMENTS + "/measured", deployment("measured", "")).is(201);
        assertThat(admin().get(DEPLOYMENTS + "/measured")
                        .json()
                        .at("/status/state")
                        .asString(""))
                .isNotEmpty();
        admin().get(DEPLOYMENTS + "/measured/metrics?seconds=60").is(200);
        admin().get(DEPLOYMENTS + "/measured/metrics?seconds=0").isProblem(400, "INVALID_REQUEST", "3600");
        try (Stream<String> lines = admin().stream(DEPLOYMENTS + "/measured/logs?tail=10")) {
            assertThat(lines.anyMatch(line -> line.equals("event: end"))).isTrue();
        }
        admin().get(DEPLOYMENTS + "/absent/logs").isProblem(404, "NOT_FOUND");
        admin().get(DEPLOYMENTS + "/measured/logs?tail=-1").isProblem(400, "INVALID_REQUEST");
        admin().delete(DEPLOYMENTS + "/measured").is(204);
        assertThat(admin().get("/api/v1/status")
                        .is(200)
                        .json()
                        .path("serverVersion")
                        .asString(""))
                .isNotEqualTo("unknown")
                .isNotEmpty();
    }

    @Test
    void keepsRevisionsAndGoesBackToAnyOfThem() {
        String digest = artifact();
        String spec = "{\"metadata\":{\"name\":\"versioned\"},\"spec\":{\"artifact\":\"" + digest
                + "\",\"environment\":{\"A\":\"%s\"},\"rollout\":{\"strategy\":\"canary\",\"canary\":{\"steps\":"
                + "[{\"weight\":10},{\"weight\":50,\"pause\":\"5m\"}]},\"gates\":{\"maxErrorPercent\":1}}}}";
        Answer created =
                admin().put(DEPLOYMENTS + "/versioned", spec.formatted("one")).is(201);
        assertThat(created.json().at("/deployment/spec/rollout/deadline").asString(""))
                .isEqualTo("5m");
        assertThat(created.json()
                        .at("/deployment/spec/rollout/gates/minRequests")
                        .asInt(0))
                .isEqualTo(20);
        admin().put(DEPLOYMENTS + "/versioned", spec.formatted("two")).is(200);
        Answer back = admin().post(DEPLOYMENTS + "/versioned/rollback", "{\"revision\":1}")
                .is(200);
        assertThat(back.json().at("/deployment/spec/environment/A").asString(""))
                .isEqualTo("one");
        Answer revisions =
                admin().get(DEPLOYMENTS + "/versioned/revisions?limit=2").is(200);
        assertThat(revisions.json().at("/items/0/restores").asInt(0)).isEqualTo(1);
        assertThat(revisions.json().at("/items/1/changes/0/pointer").asString(""))
                .isEqualTo("/spec/environment/A");
        String cursor = revisions.json().path("cursor").asString("");
        assertThat(admin().get(DEPLOYMENTS + "/versioned/revisions?cursor=" + cursor)
                        .is(200)
                        .json()
                        .at("/items/0/number")
                        .asInt(0))
                .isEqualTo(1);
        admin().get(DEPLOYMENTS + "/versioned/revisions?limit=0").isProblem(400, "INVALID_REQUEST");
        admin().post(DEPLOYMENTS + "/versioned/rollback", "{\"revision\":9}").isProblem(404, "NOT_FOUND", "history");
        admin().post(DEPLOYMENTS + "/versioned/rollback", "{\"revision\":3}").isProblem(409, "CONFLICT");
        admin().put(DEPLOYMENTS + "/versioned", spec.formatted("x").replace("\"weight\":50", "\"weight\":5"))
                .isProblem(400, "INVALID_REQUEST", "rise");
        admin().delete(DEPLOYMENTS + "/versioned").is(204);
        admin().get(DEPLOYMENTS + "/versioned/rollout").isProblem(404, "NOT_FOUND");
    }

    @Test
    void aRolloutIsSeenAndTakesOnlyWhatFitsItsPhase() {
        String digest = artifact();
        admin().put(
                        DEPLOYMENTS + "/steered",
                        "{\"metadata\":{\"name\":\"steered\"},\"spec\":{\"artifact\":\"" + digest + "\"}}")
                .is(201);
        Eventually.eventually(
                () -> admin().get(DEPLOYMENTS + "/steered/rollout").is(200));
        Answer rollout = admin().get(DEPLOYMENTS + "/steered/rollout").is(200);
        assertThat(rollout.json().path("phase").asString("")).isEqualTo("ROLLING");
        assertThat(rollout.json().path("actions")).isEmpty();
        admin().post(DEPLOYMENTS + "/steered/rollout/abort", "").isProblem(409, "CONFLICT", "no former revision");
        admin().get(DEPLOYMENTS + "/steered/rollouts").is(200);
        admin().delete(DEPLOYMENTS + "/steered").is(204);
    }

    @Test
    void letsABrowserInAndOutAndNeverIntoTheApi() {
        try (ApiClient browser = ApiClient.anonymous(server())) {
            Answer unknown = browser.get("/deployments/default").is(302);
            assertThat(unknown.headers().get("location")).endsWith("/login?next=%2Fdeployments%2Fdefault");
            Answer page = browser.get("/login").is(200);
            assertThat(page.text()).contains("WarpGrid").doesNotContain("<script", "=\"http", "url(");
            assertThat(page.headers().get("content-security-policy")).contains("default-src 'none'");
            ApiClient form = browser.with("Content-Type", "application/x-www-form-urlencoded");
            String credentials = "username=admin&next=%2Fnodes&password=" + server().adminPassword();
            form.with("Sec-Fetch-Site", "cross-site")
                    .send("POST", "/login", BodyPublishers.ofString(credentials))
                    .is(403);
            Answer wrong = form.send("POST", "/login", BodyPublishers.ofString("username=%3Cb%3E&password=wrong"))
                    .is(401);
            assertThat(wrong.text())
                    .contains("Name or password is wrong.", "&lt;b&gt;")
                    .doesNotContain("<b>\"");
            Answer in = form.send("POST", "/login", BodyPublishers.ofString(credentials))
                    .is(302);
            assertThat(in.headers().get("location")).endsWith("/nodes");
            String cookie = in.headers().getOrDefault("set-cookie", "");
            assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Lax");
            ApiClient session = browser.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
            session.get("/").is(200);
            session.get("/api/v1/whoami").isProblem(401, "UNAUTHENTICATED");
            assertThat(session.get("/logout").is(302).headers().get("location")).endsWith("/login");
            session.get("/nodes").is(302);
            Answer elsewhere = form.send(
                            "POST",
                            "/login",
                            BodyPublishers.ofString(credentials.replace("%2Fnodes", "%2F%2Fevil.example")))
                    .is(302);
            assertThat(elsewhere.headers().get("location")).doesNotContain("evil");
        }
    }

    /** With {@code -Dwarpgrid.openapi.write=true} it writes the document instead. */
    @Test
    void describesItselfAsTheDocumentThatIsCheckedIn() throws IOException {
        String described = admin().get("/openapi").is(200).text();
        Path document = Path.of(System.getProperty("warpgrid.root", ".."), "docs/api/openapi.yaml");
        if (Boolean.getBoolean("warpgrid.openapi.write")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, described);
        }
        assertThat(described)
                .as(
                        "docs/api/openapi.yaml: run this test with -Dwarpgrid.openapi.write=true, and look at the difference")
                .isEqualTo(Files.readString(document));
        for (String operation : described.split("operationId: ", -1)) {
            if (!operation.startsWith("---")) {
                assertThat(operation.split("operationId", -1)[0])
                        .as(operation.lines().findFirst().orElse(""))
                        .contains("x-permission: ", "application/problem+json");
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void slowsGuessingOfPasswordsDown() {
        try (ApiClient nobody = ApiClient.anonymous(server())) {
            String guess = "{\"user\":\"nobody-in-particular\",\"password\":\"guess\"}";
            // On a slow machine the first, short waits pass while a password is checked; they double each time.
            Answer answer = nobody.post("/api/v1/login", guess).isProblem(401, "UNAUTHENTICATED");
            for (int i = 0; i < 12 && answer.status() == 401; i++) {
                answer = nobody.post("/api/v1/login", guess);
            }
            answer.isProblem(429, "RESOURCE_EXHAUSTED", "wait");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void saysThatTheDatabaseIsAwayAndComesBackByItself() {
        TestPostgres database = Optional.ofNullable(postgres).orElseThrow();
        database.pause();
        admin().get("/api/v1/namespaces").isProblem(503, "PROVIDER_UNAVAILABLE", "PostgreSQL");
        server().awaitHealth(503);
        database.resume();
        server().awaitReady();
        admin().get("/api/v1/namespaces").is(200);
    }
}

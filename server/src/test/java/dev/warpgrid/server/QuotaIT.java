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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Quotas under writers of two servers on one database: whatever the interleaving, no more gets in than may. */
class QuotaIT {
    private static @Nullable TestPostgres postgres;
    private static @Nullable TestServer server;
    private static @Nullable TestServer second;
    private static @Nullable ApiClient admin;
    private static @Nullable ApiClient elsewhere;

    @BeforeAll
    static void start() {
        TestPostgres started = TestPostgres.start();
        postgres = started;
        String database = started.newDatabase();
        TestServer first = TestServer.start(started, database).awaitReady();
        server = first;
        TestServer other = TestServer.start(started, database).awaitReady();
        second = other;
        admin = ApiClient.admin(first);
        String token = admin.post("/api/v1/tokens", "{\"name\":\"second\"}")
                .is(201)
                .json()
                .path("secret")
                .asString("");
        elsewhere = ApiClient.anonymous(other).with("Authorization", "Bearer " + token);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : Stream.of(admin, elsewhere, second, server, postgres)
                .flatMap(Stream::ofNullable)
                .toList()) {
            part.close();
        }
    }

    private static ApiClient admin() {
        return Optional.ofNullable(admin).orElseThrow();
    }

    private static ApiClient elsewhere() {
        return Optional.ofNullable(elsewhere).orElseThrow();
    }

    private static String namespace(String name, String quota) {
        admin().put("/api/v1/namespaces/" + name, "").is(200);
        String digest = admin().post(
                        "/api/v1/namespaces/" + name + "/artifacts", "application/wasm", TestComponent.httpService())
                .is(201)
                .json()
                .path("digest")
                .asString("");
        admin().put("/api/v1/namespaces/" + name + "/quota", quota).is(200);
        return digest;
    }

    private static Answer apply(ApiClient by, String namespace, String name, String digest, int instances) {
        return by.put(
                "/api/v1/namespaces/" + namespace + "/deployments/" + name,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"artifact\":\"" + digest
                        + "\",\"instances\":{\"min\":" + instances + "},\"resources\":{\"memory\":\"16MiB\"}}}");
    }

    private static JsonNode usage(String namespace) {
        return admin().get("/api/v1/namespaces/" + namespace + "/usage").is(200).json();
    }

    /** All at once, half of them on the other server. @return how many came through */
    private static int race(List<Callable<Answer>> writers) throws Exception {
        int through = 0;
        try (ExecutorService many = Executors.newFixedThreadPool(writers.size())) {
            for (Future<Answer> writer : many.invokeAll(writers)) {
                Answer answer = writer.get();
                if (answer.status() < 300) {
                    through++;
                } else {
                    answer.isProblem(429, "RESOURCE_EXHAUSTED", "may hold");
                }
            }
        }
        return through;
    }

    @Test
    void writersOnTwoServersCannotExceedTheNumberOfInstances() throws Exception {
        String digest = namespace("raced", "{\"instances\":5}");
        List<Callable<Answer>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ApiClient by = i % 2 == 0 ? admin() : elsewhere();
            String name = "d" + i;
            writers.add(() -> apply(by, "raced", name, digest, 1));
        }
        assertThat(race(writers)).isEqualTo(5);
        assertThat(usage("raced").path("instances").asInt()).isEqualTo(5);
    }

    @Test
    void scalingOnTwoServersCannotExceedTheMemory() throws Exception {
        String digest = namespace("scaled", "{\"memory\":\"160MiB\"}");
        for (int i = 0; i < 6; i++) {
            apply(admin(), "scaled", "s" + i, digest, 0).is(201);
        }
        List<Callable<Answer>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ApiClient by = i % 2 == 0 ? admin() : elsewhere();
            String path = "/api/v1/namespaces/scaled/deployments/s" + i + "/scale";
            writers.add(() -> by.post(path, "{\"instances\":3}"));
        }
        assertThat(race(writers)).isEqualTo(3);
        assertThat(usage("scaled").path("memoryBytes").asLong()).isEqualTo(9 * (16L << 20));
    }

    @Test
    void uploadsOnTwoServersCannotExceedTheBytesOfArtifacts() throws Exception {
        byte[] component = TestComponent.httpService();
        namespace("stored", "{\"artifacts\":\"" + component.length + "B\"}");
        admin().put("/api/v1/namespaces/empty", "").is(200);
        admin().put("/api/v1/namespaces/empty/quota", "{\"artifacts\":\"" + (component.length - 1) + "B\"}")
                .is(200);
        List<Callable<Answer>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ApiClient by = i % 2 == 0 ? admin() : elsewhere();
            writers.add(() -> by.post("/api/v1/namespaces/empty/artifacts", "application/wasm", component));
        }
        assertThat(race(writers)).isZero();
        assertThat(usage("empty").path("artifactBytes").asLong()).isZero();
        admin().post("/api/v1/namespaces/stored/artifacts", "application/wasm", component)
                .is(201);
        assertThat(usage("stored").path("artifactBytes").asLong()).isEqualTo(component.length);
    }

    @Test
    void saysWhatIsHeldAndWhatIsAllowedAndLetsLessThrough() {
        String digest = namespace("told", "{\"instances\":4,\"deployments\":2,\"memory\":\"64MiB\"}");
        apply(admin(), "told", "one", digest, 3).is(201);
        assertThat(apply(admin(), "told", "two", digest, 2)
                        .isProblem(
                                429, "RESOURCE_EXHAUSTED", "\"told\" may hold 4 of instances, holds 3", "would hold 5")
                        .pointer())
                .isEqualTo("/spec/instances/min");
        admin().put(
                        "/api/v1/namespaces/told/deployments/two?dryRun=true",
                        "{\"metadata\":{\"name\":\"two\"},\"spec\":{\"artifact\":\"" + digest
                                + "\",\"instances\":{\"min\":2}}}")
                .isProblem(429, "RESOURCE_EXHAUSTED", "instances");
        apply(admin(), "told", "two", digest, 1).is(201);
        apply(admin(), "told", "three", digest, 0).isProblem(429, "RESOURCE_EXHAUSTED", "2 of deployments");
        admin().post("/api/v1/namespaces/told/deployments/two/scale", "{\"instances\":2}")
                .isProblem(429, "RESOURCE_EXHAUSTED", "instances");
        JsonNode lowered = admin().put("/api/v1/namespaces/told/quota", "{\"instances\":1}")
                .is(200)
                .json();
        assertThat(lowered.at("/quota/instances").asLong()).isEqualTo(1);
        assertThat(lowered.path("instances").asLong()).isEqualTo(4);
        admin().post("/api/v1/namespaces/told/deployments/one/scale", "{\"instances\":2}")
                .is(200);
        apply(admin(), "told", "one", digest, 2).is(200);
        admin().post("/api/v1/namespaces/told/deployments/one/scale", "{\"instances\":3}")
                .isProblem(429, "RESOURCE_EXHAUSTED", "would hold 4");
        admin().put("/api/v1/namespaces/told/quota", "{}").is(200);
        admin().post("/api/v1/namespaces/told/deployments/one/scale", "{\"instances\":30}")
                .is(200);
        admin().put("/api/v1/namespaces/told/quota", "{\"instances\":-1}")
                .isProblem(400, "INVALID_REQUEST", "0 or more");
        admin().put("/api/v1/namespaces/told/quota", "{\"memory\":\"much\"}")
                .isProblem(400, "INVALID_REQUEST", "no size");
        admin().put("/api/v1/namespaces/absent/quota", "{}").isProblem(404, "NOT_FOUND", "absent");
        assertThat(admin().get("/api/v1/usage").is(200).text()).contains("\"told\"");
        assertThat(admin().get("/api/v1/audit?action=namespace.quota&namespace=told&limit=1")
                        .text())
                .contains("namespace.quota.set");
    }
}

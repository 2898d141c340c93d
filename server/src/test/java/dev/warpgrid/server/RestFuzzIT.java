package dev.warpgrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.server.testing.ApiClient;
import dev.warpgrid.server.testing.ApiClient.Answer;
import dev.warpgrid.server.testing.TestPostgres;
import dev.warpgrid.server.testing.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation of the OpenAPI document with parameters and bodies that follow the document more or less: whatever comes,
 * the server answers with a problem of the client's making and tells nothing of its inside.
 */
class RestFuzzIT {
    private static final int ROUNDS = Integer.getInteger("warpgrid.fuzz.rounds", 25);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "default",
            "admin",
            "none",
            "*",
            "..",
            "a/b",
            "%2e%2e%2f",
            "'; drop table namespace; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://localhost/a}",
            "\u0000",
            "\uD800",
            "\u202Eabc",
            "💥",
            "-1",
            "9223372036854775808",
            "1e400",
            "NaN",
            "2026-13-45T99:99:99Z",
            "64MiB",
            "-5MiB",
            "99999999999GiB",
            "PT-1S",
            "sha256:" + "f".repeat(64),
            "viewer",
            "deployment:write",
            "x".repeat(5000));

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

    @Test
    void noOperationFailsOrTellsOfItsInside() {
        long seed = Long.getLong("warpgrid.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        JsonNode document = admin().get("/openapi?format=JSON").is(200).json();
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (!Set.of("get", "put", "post", "delete").contains(method.getKey())) {
                    continue;
                }
                for (int i = 0; i < ROUNDS; i++) {
                    String trouble = call(random, document, path.getKey(), method.getKey(), method.getValue());
                    if (!trouble.isEmpty()) {
                        wrong.add(trouble);
                    }
                    calls++;
                }
            }
        }
        assertThat(wrong).as("-Dwarpgrid.fuzz.seed=" + seed).isEmpty();
        assertThat(calls).isGreaterThan(ROUNDS * 40);
        admin().get("/api/v1/whoami").is(200);
        assertThat(Optional.ofNullable(server).orElseThrow().log())
                .as("-Dwarpgrid.fuzz.seed=" + seed)
                .doesNotContain("SRVE0777E", "StackOverflowError");
    }

    private static String call(Random random, JsonNode document, String template, String method, JsonNode operation) {
        StringBuilder path = new StringBuilder(template);
        StringBuilder query = new StringBuilder();
        ApiClient client = admin();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString("");
            // Streams go on, which is what they are for.
            if (name.equals("watch") || name.equals("follow")) {
                continue;
            }
            String value = text(random);
            switch (parameter.path("in").asString("")) {
                case "path" -> replace(path, "{" + name + "}", encode(value.isEmpty() ? "none" : value));
                case "query" -> {
                    if (random.nextInt(3) > 0) {
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(name)
                                .append('=')
                                .append(encode(value));
                    }
                }
                case "header" -> {
                    String header = value.replaceAll("[^\\x20-\\x7e]", "?").strip();
                    if (random.nextInt(3) == 0 && !header.isEmpty() && !name.equals("Accept")) {
                        client = client.with(name, header);
                    }
                }
                default -> throw new AssertionError("A parameter is in path, query or header: " + parameter);
            }
        }
        JsonNode content = operation.path("requestBody").path("content");
        String address = path.append(query).toString();
        Answer answer;
        String sent = "";
        if (content.has("application/wasm")) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            answer = client.post(address, "application/wasm", bytes);
        } else if (content.has("application/json")) {
            sent = body(random, document, content.path("application/json").path("schema"));
            answer = client.with("Content-Type", "application/json")
                    .send(method.toUpperCase(Locale.ROOT), address, BodyPublishers.ofString(sent));
        } else {
            answer = client.send(method.toUpperCase(Locale.ROOT), address, BodyPublishers.noBody());
        }
        return judge(answer, method + " " + address + " " + sent);
    }

    private static String judge(Answer answer, String call) {
        String shown = call.length() > 400 ? call.substring(0, 400) + "…" : call;
        String text = answer.text();
        boolean tells = text.contains("\tat ")
                || text.contains("\\tat ")
                || text.contains("java.lang.")
                || text.contains("Exception:")
                || text.contains("org.postgresql")
                || text.contains("SQLSTATE");
        boolean problem = answer.status() < 400
                || answer.headers().getOrDefault("content-type", "").startsWith("application/problem+json")
                // A path with an encoded slash or NUL the container refuses, with a page of its own, before it reaches
                // us.
                || (answer.status() == 400 && (text.isBlank() || call.contains("%2F") || call.contains("%00")));
        return answer.status() < 500 && !tells && problem
                ? ""
                : answer.status() + " for " + shown + ": " + (text.length() > 400 ? text.substring(0, 400) : text);
    }

    private static String body(Random random, JsonNode document, JsonNode schema) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "{";
            case 2 -> "null";
            case 3 -> "[]";
            case 4 -> "[".repeat(2000);
            case 5 -> "{\"" + text(random).replace("\\", "").replace("\"", "").replace("\u0000", "") + "\":1}";
            default -> JSON.writeValueAsString(value(random, document, schema, 0));
        };
    }

    /** Mostly of the schema's shape, now and then of another. */
    private static JsonNode value(Random random, JsonNode document, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString("").replaceAll(".*/", "");
            return value(
                    random,
                    document,
                    document.path("components").path("schemas").path(name),
                    depth);
        }
        if (depth > 8 || random.nextInt(10) == 0) {
            return odd(random);
        }
        JsonNode type = schema.path("type");
        String kind = type.isArray() ? type.path(0).asString("") : type.asString("");
        return switch (kind) {
            case "object" -> object(random, document, schema, depth);
            case "array" -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, document, schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer", "number" ->
                JSON.getNodeFactory()
                        .numberNode(List.of(0L, 1L, -1L, 3L, 1001L, (long) Integer.MAX_VALUE, Long.MIN_VALUE)
                                .get(random.nextInt(7)));
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            default -> JSON.getNodeFactory().stringNode(text(random));
        };
    }

    private static JsonNode object(Random random, JsonNode document, JsonNode schema, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (var property : schema.path("properties").properties()) {
            if (random.nextInt(6) > 0) {
                object.set(property.getKey(), value(random, document, property.getValue(), depth + 1));
            }
        }
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                object.set(text(random), value(random, document, more, depth + 1));
            }
        }
        return object;
    }

    private static JsonNode odd(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().numberNode(random.nextDouble());
            case 2 -> JSON.createArrayNode().add("x");
            case 3 -> JSON.createObjectNode().put("x", 1);
            default -> JSON.getNodeFactory().stringNode(text(random));
        };
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void replace(StringBuilder path, String hole, String value) {
        int at = path.indexOf(hole);
        if (at >= 0) {
            path.replace(at, at + hole.length(), value);
        }
    }
}

package dev.warpgrid.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a server over HTTPS, trusting exactly the key store it serves from. */
public final class ApiClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestServer server;
    private final HttpClient http;
    private final Map<String, String> headers;

    private ApiClient(TestServer server, HttpClient http, Map<String, String> headers) {
        this.server = server;
        this.http = http;
        this.headers = headers;
    }

    /** An answer. */
    public record Answer(int status, Map<String, String> headers, String text) {
        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String code() {
            return json().path("code").asString("");
        }

        public Answer is(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        /** A problem with code, and a detail that says all of {@code words}. */
        public Answer isProblem(int expected, String code, String... words) {
            is(expected);
            assertThat(headers.get("content-type")).startsWith("application/problem+json");
            assertThat(code()).as(text).isEqualTo(code);
            assertThat(json().path("detail").asString("")).isNotEmpty();
            for (String word : words) {
                assertThat(json().path("detail").asString("")).contains(word);
            }
            assertThat(json().path("requestId").asString("")).isNotEmpty();
            assertThat(text).doesNotContain("Exception", "\\tat ");
            return this;
        }

        public String pointer() {
            return json().path("errors").path(0).path("pointer").asString("");
        }
    }

    public static ApiClient anonymous(TestServer server) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(server.home().resolve("pki/https.p12"))) {
                store.load(in, "warpgrid".toCharArray());
            }
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (String alias : java.util.Collections.list(store.aliases())) {
                for (var certificate : store.getCertificateChain(alias)) {
                    trusted.setCertificateEntry(alias + trusted.size(), certificate);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return new ApiClient(server, HttpClient.newBuilder().sslContext(tls).build(), Map.of());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed in as the first user. */
    public static ApiClient admin(TestServer server) {
        ApiClient anonymous = anonymous(server);
        String token = anonymous
                .post("/api/v1/login", "{\"user\":\"admin\",\"password\":\"" + server.adminPassword() + "\"}")
                .is(201)
                .json()
                .path("secret")
                .asString("");
        return anonymous.with("Authorization", "Bearer " + token);
    }

    public ApiClient with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiClient(server, http, more);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer put(String path, String json) {
        return with("Content-Type", "application/json").send("PUT", path, BodyPublishers.ofString(json));
    }

    public Answer post(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, BodyPublishers.ofString(json));
    }

    public Answer post(String path, String type, byte[] body) {
        return with("Content-Type", type).send("POST", path, BodyPublishers.ofByteArray(body));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = request(path).method(method, body);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            Map<String, String> received = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> received.put(name, String.join(", ", values)));
            return new Answer(response.statusCode(), received, response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of a stream as they come; close it to end it. */
    public Stream<String> stream(String path) {
        try {
            HttpResponse<Stream<String>> response = http.send(request(path).build(), BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).timeout(DEADLINE);
        headers.forEach(request::setHeader);
        return request;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

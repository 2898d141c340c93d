package dev.warpgrid.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A grid's REST interface with answers laid down beforehand; remembers what it was asked. */
public final class FakeGrid implements AutoCloseable {
    private final HttpServer server;
    private final String scheme;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String type, String body) {}

    /**
     * @param line method, path and query
     * @param bytes of the body, one character for each (ISO 8859-1)
     */
    public record Request(String line, Map<String, List<String>> headers, String bytes) {
        public String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private FakeGrid(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.start();
    }

    public static FakeGrid plain() throws IOException {
        return new FakeGrid(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    /** With a certificate of its own making, written to {@code folder/ca.pem}. */
    public static FakeGrid secure(Path folder) throws Exception {
        Path store = folder.resolve("key.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(List.of(
                keytool,
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost"));
        run(List.of(
                keytool,
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret",
                "-alias",
                "k",
                "-file",
                folder.resolve("ca.pem").toString()));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new FakeGrid(server, "https");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(command + " failed");
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return scheme + "://localhost:" + port();
    }

    /** @param line method and path below {@code /api/v1}; answers to the same line come in turn, the last one stays */
    public FakeGrid on(String line, int status, String json) {
        return on(line, status, status < 400 ? "application/json" : "application/problem+json", json);
    }

    public FakeGrid on(String line, int status, String type, String body) {
        answers.computeIfAbsent(line, key -> new ArrayDeque<>()).add(new Answer(status, type, body));
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    /** The only request of this method. */
    public Request only(String method) {
        List<Request> found = requests.stream()
                .filter(request -> request.line().startsWith(method + " "))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("One " + method + " expected, and there were " + lines());
        }
        return found.getFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
            String line = exchange.getRequestMethod() + " " + path;
            requests.add(new Request(
                    line,
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
            Answer answer = next(line.replaceFirst("\\?.*", ""));
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer next(String line) {
        Deque<Answer> queue = answers.get(line);
        if (queue == null) {
            String detail =
                    "{\"detail\":\"There is no such thing here.\",\"code\":\"NOT_FOUND\",\"status\":404,\"errors\":[]}";
            return new Answer(404, "application/problem+json", detail);
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

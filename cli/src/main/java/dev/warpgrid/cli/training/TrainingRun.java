package dev.warpgrid.cli.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.warpgrid.cli.Environment;
import dev.warpgrid.cli.command.Warp;
import dev.warpgrid.cli.output.Console;
import dev.warpgrid.cli.output.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Does once what commands do most, so that the JVM can note which classes they need: reading options, TLS, JSON, tables.
 * The cache of the classes noted makes every later command start in about half the time.
 */
public final class TrainingRun {
    private static final String PASSWORD = "training";
    private static final String AT = "2026-01-01T00:00:00Z";
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("deploy", "--help"),
            List.of("list"),
            List.of("list", "-o", "json"),
            List.of("show", "hello"),
            List.of("instances"),
            List.of("nodes"),
            List.of("events"),
            List.of("metrics"),
            List.of("status"),
            List.of("logs", "hello"),
            List.of("delete", "absent"),
            List.of("no-such-command"));

    private TrainingRun() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("warp-training");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.setHttpsConfigurator(new HttpsConfigurator(identity(folder)));
            server.createContext("/", TrainingRun::answer);
            server.start();
            Environment environment = new Environment(
                    Map.of(
                            "WARP_SERVER",
                            "https://localhost:" + server.getAddress().getPort(),
                            "WARP_TOKEN",
                            "warp_training",
                            "WARP_CA",
                            folder.resolve("ca.pem").toString()),
                    folder,
                    folder);
            for (List<String> command : COMMANDS) {
                PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
                Console console = new Console(nowhere, nowhere, Palette.ANSI, 120, InstantSource.system());
                int status = new Warp(console, environment).run(command.toArray(String[]::new));
                System.out.println(command + " ended with " + status);
            }
        } finally {
            server.stop(0);
            delete(folder);
        }
    }

    /** A throw-away key and its certificate, made by the JDK's own tool. */
    private static SSLContext identity(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("key.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                keytool,
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2");
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "k",
                "-file",
                folder.resolve("ca.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(command[0] + " " + command[1] + " ended with status " + status);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean logs = path.endsWith("/logs");
            exchange.getResponseHeaders().set("Content-Type", logs ? "text/event-stream" : "application/json");
            byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.endsWith("/absent") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String body(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return switch (last) {
            case "deployments" -> "{\"items\":[" + deployment() + "],\"total\":1}";
            case "hello" -> deployment();
            case "instances" ->
                "[{\"id\":\"i\",\"namespace\":\"default\",\"deployment\":\"hello\",\"revision\":1,\"node\":\"n\",\"state\":\"RUNNING\","
                        + "\"reason\":\"\",\"restarts\":0,\"memoryBytes\":65536,\"reachable\":true,\"since\":\"" + AT
                        + "\"}]";
            case "nodes" ->
                "[{\"id\":\"n\",\"state\":\"READY\",\"sentence\":\"\",\"agentVersion\":\"1\",\"engine\":\"e\",\"engineCompiled\":true,"
                        + "\"processors\":2,\"labels\":{},\"interfaces\":[],\"ingressUrl\":\"\",\"joinedAt\":\"" + AT
                        + "\",\"lastSeenAt\":\"" + AT + "\"}]";
            case "events" ->
                "[{\"id\":1,\"at\":\"" + AT
                        + "\",\"severity\":\"INFO\",\"reason\":\"Started\",\"message\":\"It started.\",\"count\":1}]";
            case "metrics" ->
                "{\"step\":\"PT1S\",\"points\":[{\"at\":\"" + AT
                        + "\",\"requestsPerSecond\":1.0,\"memoryBytes\":1,\"instances\":1}]}";
            case "status" ->
                "{\"healthy\":true,\"sentence\":\"All is well.\",\"notReady\":[],\"serverVersion\":\"1\",\"nodes\":1,\"observedAt\":\""
                        + AT + "\"}";
            case "logs" ->
                "event: lines\ndata: [{\"at\":\"" + AT
                        + "\",\"instance\":\"i\",\"revision\":1,\"node\":\"n\",\"sequence\":1,\"stream\":\"stdout\",\"level\":\"info\",\"text\":\"x\"}]\n\n"
                        + "event: end\ndata:\n\n";
            default -> "{\"detail\":\"There is no such thing.\",\"code\":\"NOT_FOUND\",\"errors\":[]}";
        };
    }

    private static String deployment() {
        return "{\"metadata\":{\"name\":\"hello\",\"namespace\":\"default\",\"createdAt\":\"" + AT
                + "\"},\"spec\":{\"artifact\":\"sha256:0\"},\"status\":{\"state\":\"READY\",\"sentence\":\"Ready.\",\"revision\":1,"
                + "\"desiredInstances\":1,\"readyInstances\":1,\"urls\":[\"http://hello\"],\"conditions\":[],\"observedAt\":\""
                + AT + "\"}}";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

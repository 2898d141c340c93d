package dev.warpgrid.cli.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.warpgrid.cli.ExitCode;
import dev.warpgrid.cli.Failure;
import dev.warpgrid.cli.output.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One grid's REST interface. Uses {@link HttpURLConnection}, which is ready in a fraction of the time the newer client
 * takes; a command makes a handful of calls and ends.
 */
public final class GridClient {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int ANSWER_TIMEOUT_MILLIS = 60_000;
    private static final int MAXIMUM_ANSWER_BYTES = 64 << 20;
    private static final int LARGEST_PAGE = 1000;

    private final Target target;
    private @Nullable SSLSocketFactory trust;

    static {
        // A POST that was sent and lost must not be sent again behind our back.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    public GridClient(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }

    /** A path below {@code /api/v1}; arguments fill {@code {}} and are encoded. */
    public static String path(String template, String... arguments) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (String argument : arguments) {
            int hole = template.indexOf("{}", from);
            path.append(template, from, hole)
                    .append(URLEncoder.encode(argument, StandardCharsets.UTF_8).replace("+", "%20"));
            from = hole + 2;
        }
        return path.append(template.substring(from)).toString();
    }

    public <T> T get(String path, Class<T> type) {
        return decode(get(path), type);
    }

    public JsonElement get(String path) {
        return call("GET", path, null, Map.of());
    }

    /** The items of an answer that is a list, or a page of one. */
    public static JsonArray items(JsonElement answer) {
        return answer.isJsonArray()
                ? answer.getAsJsonArray()
                : answer.getAsJsonObject().getAsJsonArray("items");
    }

    /** All items of all pages. */
    public JsonArray list(String path) {
        JsonArray all = new JsonArray();
        String cursor = null;
        do {
            String query = (path.contains("?") ? "&" : "?") + "limit=" + LARGEST_PAGE
                    + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            JsonElement page = get(path + query);
            if (page.isJsonArray()) {
                return page.getAsJsonArray();
            }
            JsonObject part = page.getAsJsonObject();
            all.addAll(part.getAsJsonArray("items"));
            JsonElement next = part.get("cursor");
            cursor = next == null || next.isJsonNull() ? null : next.getAsString();
        } while (cursor != null);
        return all;
    }

    /** @param body written as JSON; null sends none */
    public JsonElement call(String method, String path, @Nullable Object body, Map<String, String> headers) {
        try {
            HttpURLConnection connection = open(method, path, headers);
            if (body != null) {
                byte[] bytes = Json.line(body).getBytes(StandardCharsets.UTF_8);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            return answer(connection);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Sends a file as it is. */
    public JsonElement upload(String path, Path file, String contentType) {
        try {
            HttpURLConnection connection = open("POST", path, Map.of("Content-Type", contentType));
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(Files.size(file));
            try (OutputStream out = connection.getOutputStream()) {
                Files.copy(file, out);
            } catch (IOException e) {
                // A server that refuses early closes before it has read all; its answer says why.
                return answer(connection);
            }
            return answer(connection);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** An open answer of server-sent events; the caller closes it. */
    public EventStream stream(String path, Map<String, String> headers) {
        try {
            HttpURLConnection connection = open("GET", path, headers);
            connection.setRequestProperty("Accept", "text/event-stream");
            connection.setReadTimeout(0);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                answer(connection);
            }
            return new EventStream(connection.getInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Each line of an answer of any length, as it comes; empty ones only keep the connection. */
    public void lines(String path, Consumer<String> each) {
        try {
            HttpURLConnection connection = open("GET", path, Map.of());
            connection.setRequestProperty("Accept", "application/x-ndjson, application/problem+json");
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                answer(connection);
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        each.accept(line);
                    }
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    public static <T> T decode(JsonElement json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "The server's answer does not read as " + type.getSimpleName() + " (" + e.getMessage()
                            + "): use a warp of the server's version (warp version shows both).",
                    e);
        }
    }

    private HttpURLConnection open(String method, String path, Map<String, String> headers) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                target.server().resolve("/api/v1" + path).toURL().openConnection();
        Path authority = target.authority();
        if (authority != null && connection instanceof HttpsURLConnection secure) {
            if (trust == null) {
                trust = ServerTrust.only(authority);
            }
            secure.setSSLSocketFactory(trust);
        }
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setReadTimeout(ANSWER_TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        connection.setRequestProperty("User-Agent", "warp");
        if (target.token() != null) {
            connection.setRequestProperty("Authorization", "Bearer " + target.token());
        }
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static JsonElement answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        String text = "";
        if (stream != null) {
            try (stream) {
                byte[] bytes = stream.readNBytes(MAXIMUM_ANSWER_BYTES + 1);
                if (bytes.length > MAXIMUM_ANSWER_BYTES) {
                    throw new Failure(
                            ExitCode.FAILURE,
                            "The server's answer is larger than " + (MAXIMUM_ANSWER_BYTES >> 20)
                                    + " MiB: ask for less at once.");
                }
                text = new String(bytes, StandardCharsets.UTF_8);
            }
        }
        JsonElement json = parse(text);
        if (status >= 200 && status < 300 && (json != null || text.isBlank())) {
            return json == null ? JsonNull.INSTANCE : json;
        }
        throw refused(status, json != null && json.isJsonObject() ? json.getAsJsonObject() : null);
    }

    private static @Nullable JsonElement parse(String text) {
        try {
            return text.isBlank() ? null : JsonParser.parseString(text);
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static Failure refused(int status, @Nullable JsonObject problem) {
        JsonElement detail = problem == null ? null : problem.get("detail");
        if (detail != null && detail.isJsonPrimitive()) {
            return new Failure(ExitCode.ofHttp(status), detail.getAsString(), problem, null);
        }
        String sentence = switch (status) {
            case 401 -> "The grid does not know you: sign in with warp login, or set WARP_TOKEN.";
            case 403 -> "You may not do this: ask an administrator of the grid.";
            case 404 -> "The server does not know this address: check that it is a WarpGrid server of warp's version.";
            case 502, 503, 504 ->
                "The server does not answer just now (" + status + "): try again in a moment, or see warp status.";
            default ->
                "The server answered " + status
                        + " without saying why: see its log, or check that the address is a WarpGrid server.";
        };
        return new Failure(ExitCode.ofHttp(status), sentence, problem, null);
    }

    private Failure unreachable(IOException e) {
        String server = target.server().toString();
        if (e instanceof ConnectException || e instanceof UnknownHostException) {
            return new Failure(
                    ExitCode.UNAVAILABLE,
                    "No grid answers at " + server + " (" + target.source()
                            + "): start it with warp up, or name another with warp login or WARP_SERVER.",
                    e);
        }
        if (e instanceof SocketTimeoutException) {
            return new Failure(
                    ExitCode.UNAVAILABLE, "The grid at " + server + " did not answer in time: see warp status.", e);
        }
        if (e instanceof SSLException) {
            return new Failure(
                    ExitCode.UNAVAILABLE,
                    "The certificate of " + server + " is not trusted (" + e.getMessage()
                            + "): name the grid's ca.pem with WARP_CA or warp login --ca.",
                    e);
        }
        return new Failure(
                ExitCode.UNAVAILABLE,
                "The connection to " + server + " broke (" + e.getMessage() + "): see warp status.",
                e);
    }
}

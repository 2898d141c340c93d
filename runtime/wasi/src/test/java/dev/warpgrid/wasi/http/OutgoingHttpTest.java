package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.WasiLimits;
import dev.warpgrid.wasi.net.NetworkPolicy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutgoingHttpTest {
    private static final NetworkPolicy LOOPBACK = NetworkPolicy.of("127.0.0.0/8", "[::1]");

    private final HostCalls calls = with(LOOPBACK);

    private static HostCalls with(NetworkPolicy policy) {
        return new HostCalls(WasiConfig.builder().outgoingHttp(policy).build());
    }

    private static Object request(HostCalls calls, String method, String authority, String path) {
        Object fields = calls.value("[constructor]fields");
        calls.call("[method]fields.append", fields, "x-guest", "yes".getBytes(StandardCharsets.UTF_8));
        Object request = calls.value("[constructor]outgoing-request", fields);
        calls.call("[method]outgoing-request.set-method", request, Methods.toVariant(method));
        calls.call("[method]outgoing-request.set-scheme", request, Variant.some(Variant.of(0)));
        calls.call("[method]outgoing-request.set-authority", request, Variant.some(authority));
        calls.call("[method]outgoing-request.set-path-with-query", request, Variant.some(path));
        return request;
    }

    private static Variant handle(HostCalls calls, Object request) {
        return calls.variant("handle", request, Variant.none());
    }

    /** Waits for a response; answers the inner result. */
    private static Variant response(HostCalls calls, Object future) {
        Object pollable = calls.value("[method]future-incoming-response.subscribe", future);
        calls.call("[method]pollable.block", pollable);
        calls.drop(pollable);
        Variant got = calls.variant("[method]future-incoming-response.get", future);
        return (Variant) ((Variant) got.payload()).payload();
    }

    private static String text(HostCalls calls, Object response) {
        Object body = calls.payload("[method]incoming-response.consume", response);
        Object stream = calls.payload("[method]incoming-body.stream", body);
        StringBuilder text = new StringBuilder();
        Variant part = calls.variant("[method]input-stream.blocking-read", stream, 1000L);
        while (part.isOk()) {
            text.append(new String((byte[]) part.payload(), StandardCharsets.ISO_8859_1));
            part = calls.variant("[method]input-stream.blocking-read", stream, 1000L);
        }
        calls.drop(stream);
        Object trailers = calls.value("[static]incoming-body.finish", body);
        Object pollable = calls.value("[method]future-trailers.subscribe", trailers);
        calls.call("[method]pollable.block", pollable);
        calls.drop(pollable);
        Variant last = (Variant) ((Variant)
                        calls.variant("[method]future-trailers.get", trailers).payload())
                .payload();
        Variant some = last.isOk() ? (Variant) last.payload() : Variant.none();
        if (last.isErr()) {
            text.append(" [").append(ErrorCode.nameOf((Variant) last.payload())).append(']');
        } else if (some.isSome()) {
            ((List<?>) calls.value("[method]fields.entries", some.payload()))
                    .forEach(each ->
                            text.append(" {").append(((Object[]) each)[0]).append('}'));
        }
        return text.toString();
    }

    private static String error(Variant result) {
        assertThat(result.isErr()).as("an error").isTrue();
        return ErrorCode.nameOf((Variant) result.payload());
    }

    @Test
    void getsAnAnswerOfKnownLength() throws IOException, InterruptedException {
        try (RawServer server =
                new RawServer("\r\n\r\n", "HTTP/1.1 201 Made\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello")) {
            Variant response = response(
                    calls,
                    handle(calls, request(calls, "GET", server.authority(), "/a?b"))
                            .payload());
            assertThat(server.request())
                    .startsWith("GET /a?b HTTP/1.1\r\nHost: " + server.authority() + "\r\nx-guest: yes\r\n")
                    .doesNotContain("Transfer-Encoding", "Content-Length");
            assertThat(calls.value("[method]incoming-response.status", response.payload()))
                    .isEqualTo(201);
            Object headers = calls.value("[method]incoming-response.headers", response.payload());
            assertThat((Boolean) calls.value("[method]fields.has", headers, "x-a"))
                    .isTrue();
            calls.drop(headers);
            assertThat(text(calls, response.payload())).isEqualTo("hello");
        }
    }

    @Test
    void streamsBodiesAndTrailersBothWays() throws IOException, InterruptedException {
        String large = "0123456789".repeat(20_000);
        String answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(large.length()) + ";x=y\r\n" + large + "\r\n3\r\nend\r\n0\r\nX-Sum: 1\r\n\r\n";
        try (RawServer server = new RawServer("x-last: 1\r\n\r\n", answer)) {
            Object request = request(calls, "POST", server.authority(), "/");
            Object body = calls.payload("[method]outgoing-request.body", request);
            Object future = handle(calls, request).payload();
            Object stream = calls.payload("[method]outgoing-body.write", body);
            for (int sent = 0; sent < 50; sent++) {
                Variant written =
                        calls.variant("[method]output-stream.blocking-write-and-flush", stream, new byte[4096]);
                assertThat(written.isOk()).isTrue();
            }
            calls.drop(stream);
            Object trailers = calls.value("[constructor]fields");
            calls.call("[method]fields.append", trailers, "x-last", "1".getBytes(StandardCharsets.UTF_8));
            assertThat(calls.variant("[static]outgoing-body.finish", body, Variant.some(trailers))
                            .isOk())
                    .isTrue();
            assertThat(server.request())
                    .contains("Transfer-Encoding: chunked")
                    .endsWith("0\r\nx-last: 1\r\n\r\n")
                    .hasSizeGreaterThan(50 * 4096);
            assertThat(text(calls, response(calls, future).payload())).isEqualTo(large + "end {x-sum}");
        }
    }

    @Test
    void deniesWhatNoRuleAllows() {
        assertThat(error(handle(with(NetworkPolicy.nothing()), request(calls, "GET", "localhost:1", "/"))))
                .isEqualTo("HTTP-request-denied");
        HostCalls named = with(NetworkPolicy.of("example.org", "*.example.net:443"));
        assertThat(error(handle(named, request(named, "GET", "example.com", "/"))))
                .isEqualTo("HTTP-request-denied");
        assertThat(error(handle(named, request(named, "GET", "example.net:443", "/"))))
                .isEqualTo("HTTP-request-denied");
        assertThat(error(handle(named, request(named, "CONNECT", "example.org", "/"))))
                .isEqualTo("HTTP-request-method-invalid");
        assertThat(error(handle(named, request(named, "GET", "user@example.org", "/"))))
                .isEqualTo("HTTP-request-URI-invalid");
    }

    @Test
    void aNameThatLeadsToThisMachineIsOfNoUse() throws IOException {
        HostCalls named = with(NetworkPolicy.of("localhost"));
        try (RawServer server = new RawServer("\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n")) {
            Object future = handle(named, request(named, "GET", server.authority(), "/"))
                    .payload();
            assertThat(error(response(named, future))).isEqualTo("destination-IP-prohibited");
        }
    }

    @Test
    void tellsWhyThereIsNoAnswer() throws IOException {
        String closed;
        try (ServerSocket never = new ServerSocket(0)) {
            closed = "localhost:" + never.getLocalPort();
        }
        assertThat(error(response(
                        calls, handle(calls, request(calls, "GET", closed, "/")).payload())))
                .isEqualTo("connection-refused");
        try (RawServer server = new RawServer("\r\n\r\n", "no http\r\n\r\n")) {
            Object future = handle(calls, request(calls, "GET", server.authority(), "/"))
                    .payload();
            assertThat(error(response(calls, future))).isEqualTo("HTTP-protocol-error");
        }
        try (RawServer server = new RawServer("\r\n\r\n", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n")) {
            Object future = handle(calls, request(calls, "GET", server.authority(), "/"))
                    .payload();
            assertThat(error(response(calls, future))).isEqualTo("HTTP-response-header-section-size");
        }
        try (RawServer server = new RawServer("\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour")) {
            Object future = handle(calls, request(calls, "GET", server.authority(), "/"))
                    .payload();
            assertThat(text(calls, response(calls, future).payload())).isEqualTo("four [HTTP-response-incomplete]");
        }
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws IOException {
        try (RawServer server = new RawServer("\r\n\r\n", "")) {
            Object options = calls.value("[constructor]request-options");
            calls.call("[method]request-options.set-first-byte-timeout", options, Variant.some(50_000_000L));
            Object request = request(calls, "GET", server.authority(), "/");
            Object future =
                    calls.variant("handle", request, Variant.some(options)).payload();
            assertThat(error(response(calls, future))).isEqualTo("HTTP-response-timeout");
        }
    }

    @Test
    void countsRequestsUnderWay() throws IOException {
        HostCalls few = new HostCalls(WasiConfig.builder()
                .outgoingHttp(LOOPBACK)
                .limits(WasiLimits.defaults().withOutgoingRequests(2))
                .build());
        try (RawServer server = new RawServer("\r\n\r\n", "HTTP/1.1 204 Nothing\r\n\r\n")) {
            for (int i = 0; i < 5; i++) {
                Object future = handle(few, request(few, "GET", server.authority(), "/"))
                        .payload();
                Object response = response(few, future).payload();
                few.drop(future);
                few.drop(response);
            }
            handle(few, request(few, "GET", server.authority(), "/"));
            handle(few, request(few, "GET", server.authority(), "/"));
            Object third = request(few, "GET", server.authority(), "/");
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> handle(few, third))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo("outgoingRequests"));
        }
    }
}

package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.WasiConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields, requests, responses and their bodies: the rules a guest has to keep. */
class MessagesTest {
    private static final Variant INVALID_SYNTAX = Variant.err(Variant.of(0));
    private static final Variant FORBIDDEN = Variant.err(Variant.of(1));
    private static final Variant IMMUTABLE = Variant.err(Variant.of(2));

    private final HostCalls host = new HostCalls(WasiConfig.nothing());
    private final WindowSink sink = WindowSink.unbounded();
    private final Exchange exchange = new Exchange(TestRequest.get("/"), sink);

    @Test
    void fieldsAreAMultimapByLowerCaseName() {
        Object fields = host.payload(
                "[static]fields.from-list",
                List.of(new Object[] {"X-A", bytes("1")}, new Object[] {"x-a", bytes("2")}, new Object[] {"b", bytes("")
                }));
        assertThat(host.value("[method]fields.has", fields, "X-a")).isEqualTo(true);
        assertThat((List<?>) host.value("[method]fields.get", fields, "x-A")).hasSize(2);
        assertThat(host.variant("[method]fields.set", fields, "x-a", List.of(bytes("3"))))
                .isEqualTo(Variant.ok());
        assertThat((List<?>) host.value("[method]fields.get", fields, "x-a")).hasSize(1);
        assertThat(host.variant("[method]fields.delete", fields, "b")).isEqualTo(Variant.ok());
        assertThat((List<?>) host.value("[method]fields.entries", fields)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "ä", "a\n"})
    void refusesABadFieldName(String name) {
        Object fields = host.value("[constructor]fields");
        assertThat(host.variant("[method]fields.append", fields, name, bytes("x")))
                .isEqualTo(INVALID_SYNTAX);
        assertThat(host.variant("[static]fields.from-list", List.<Object>of((Object) new Object[] {name, bytes("x")})))
                .isEqualTo(INVALID_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nset-cookie: b", "\0", "\u007f"})
    void refusesAValueThatWouldSplitTheHead(String value) {
        Object fields = host.value("[constructor]fields");
        assertThat(host.variant("[method]fields.append", fields, "x", bytes(value)))
                .isEqualTo(INVALID_SYNTAX);
        assertThat(host.variant("[method]fields.set", fields, "x", List.of(bytes(value))))
                .isEqualTo(INVALID_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "connection", "Transfer-Encoding", "upgrade", "keep-alive"})
    void refusesFieldsOfTheConnection(String name) {
        Object fields = host.value("[constructor]fields");
        assertThat(host.variant("[method]fields.append", fields, name, bytes("x")))
                .isEqualTo(FORBIDDEN);
        assertThat(host.variant("[method]fields.delete", fields, name)).isEqualTo(FORBIDDEN);
    }

    @Test
    void hidesTheConnectionsFieldsOfARequest() {
        HttpFields came = HttpFields.of("host", "localhost", "accept", "*/*", "connection", "close");
        Object request = HostCalls.incoming(TestRequest.get("/").with(came));
        Object fields = host.value("[method]incoming-request.headers", request);
        assertThat(host.value("[method]fields.has", fields, "host")).isEqualTo(false);
        assertThat((List<?>) host.value("[method]fields.entries", fields)).hasSize(1);
        assertThat(host.variant("[method]fields.append", fields, "x", bytes("y")))
                .isEqualTo(IMMUTABLE);
        assertThat(host.variant("[method]fields.append", host.value("[method]fields.clone", fields), "x", bytes("y")))
                .isEqualTo(Variant.ok());
    }

    @Test
    void boundsFieldsByCountAndBytes() {
        Object many = host.value("[constructor]fields");
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> {
                    while (true) {
                        host.call("[method]fields.append", many, "x", bytes("y"));
                    }
                })
                .satisfies(e -> assertThat(e.limit()).isEqualTo("fieldCount"));
        Object large = host.value("[constructor]fields");
        byte[] tooMuch = new byte[WasiConfig.nothing().limits().fieldBytes()];
        java.util.Arrays.fill(tooMuch, (byte) 'a');
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> host.call("[method]fields.append", large, "x", tooMuch))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("fieldBytes"));
    }

    @Test
    void readsTheRequestLine() {
        Object request = HostCalls.incoming(
                new TestRequest("BREW", "https", "a.example:1", "/p?q", HttpFields.none(), RequestBody.empty()));
        assertThat(host.variant("[method]incoming-request.method", request)).isEqualTo(Variant.of(9, "BREW"));
        assertThat(host.payload("[method]incoming-request.scheme", request)).isEqualTo(Variant.of(1));
        assertThat(host.payload("[method]incoming-request.authority", request)).isEqualTo("a.example:1");
        assertThat(host.payload("[method]incoming-request.path-with-query", request))
                .isEqualTo("/p?q");
        Object bare =
                HostCalls.incoming(new TestRequest("OPTIONS", "", "", "", HttpFields.none(), RequestBody.empty()));
        assertThat(host.variant("[method]incoming-request.path-with-query", bare))
                .isEqualTo(Variant.none());
        assertThat(host.variant("[method]incoming-request.scheme", bare)).isEqualTo(Variant.none());
    }

    @Test
    void givesABodyAndItsStreamOnce() {
        Object request = HostCalls.incoming(TestRequest.post("/", WindowBody.of(bytes("x"))));
        Object body = host.payload("[method]incoming-request.consume", request);
        assertThat(host.variant("[method]incoming-request.consume", request).isErr())
                .isTrue();
        Object stream = host.payload("[method]incoming-body.stream", body);
        assertThat(host.variant("[method]incoming-body.stream", body).isErr()).isTrue();
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[static]incoming-body.finish", body))
                .withMessageContaining("incoming-body");
        host.drop(stream);
        host.drop(body);
    }

    @Test
    void givesTrailersOnceTheRestOfTheBodyIsThrough() {
        WindowBody source = new WindowBody(10);
        Object body =
                host.payload("[method]incoming-request.consume", HostCalls.incoming(TestRequest.post("/", source)));
        Object trailers = host.value("[static]incoming-body.finish", body);
        assertThat(host.variant("[method]future-trailers.get", trailers)).isEqualTo(Variant.none());
        source.offer(bytes("unread"));
        source.end(HttpFields.of("x-sum", "7"));
        Object pollable = host.value("[method]future-trailers.subscribe", trailers);
        host.call("[method]pollable.block", pollable);
        Variant some = (Variant)
                ((Variant) ((Variant) host.payload("[method]future-trailers.get", trailers)).payload()).payload();
        assertThat((List<?>) host.value("[method]fields.get", some.payload(), "x-sum"))
                .hasSize(1);
        assertThat(host.payload("[method]future-trailers.get", trailers)).isEqualTo(Variant.err());
    }

    @Test
    void cancelsABodyThatTheGuestDrops() {
        WindowBody source = new WindowBody(10);
        host.drop(host.payload("[method]incoming-request.consume", HostCalls.incoming(TestRequest.post("/", source))));
        assertThat(source.cancelled()).isTrue();
        WindowBody unasked = new WindowBody(10);
        host.drop(HostCalls.incoming(TestRequest.post("/", unasked)));
        assertThat(unasked.cancelled()).isTrue();
    }

    @Test
    void leavesTheServersBodyAloneOnceTheCallIsOver() {
        WindowBody source = new WindowBody(10);
        source.offer(bytes("later"));
        Exchange call = new Exchange(TestRequest.post("/", source), sink);
        Object body = host.payload("[method]incoming-request.consume", new IncomingRequest(call));
        Object stream = host.payload("[method]incoming-body.stream", body);
        call.broken("It trapped.");
        assertThat(source.cancelled()).isTrue();
        assertThat(host.variant("[method]input-stream.read", stream, 5L)).isEqualTo(Variant.err(Variant.of(1)));
        assertThat(source.available()).isEqualTo(5);
    }

    @Test
    void sendsWhatWasWrittenBeforeTheResponseWasSet() {
        Object response = response();
        Object body = host.payload("[method]outgoing-response.body", response);
        Object stream = host.payload("[method]outgoing-body.write", body);
        host.call("[method]output-stream.blocking-write-and-flush", stream, bytes("early "));
        assertThat(sink.untouched()).isTrue();
        set(response);
        host.call("[method]output-stream.blocking-write-and-flush", stream, bytes("late"));
        host.drop(stream);
        assertThat(host.variant("[static]outgoing-body.finish", body, Variant.none()))
                .isEqualTo(Variant.ok());
        assertThat(sink.text()).isEqualTo("early late");
        assertThat(sink.trailers()).isNotNull();
    }

    @Test
    void sendsABodyThatWasFinishedBeforeTheResponseWasSet() {
        Object response = response();
        Object body = host.payload("[method]outgoing-response.body", response);
        Object stream = host.payload("[method]outgoing-body.write", body);
        host.call("[method]output-stream.blocking-write-and-flush", stream, bytes("all of it"));
        host.drop(stream);
        host.call("[static]outgoing-body.finish", body, Variant.none());
        assertThat(sink.untouched()).isTrue();
        set(response);
        assertThat(sink.text()).isEqualTo("all of it");
        assertThat(sink.trailers()).isNotNull();
    }

    @Test
    void holdsBackOnlySoMuchBeforeTheResponseIsSet() {
        Object stream =
                host.payload("[method]outgoing-body.write", host.payload("[method]outgoing-response.body", response()));
        long held = 0;
        long credit = (Long) host.payload("[method]output-stream.check-write", stream);
        while (credit > 0) {
            host.call("[method]output-stream.write", stream, new byte[(int) Math.min(credit, 5000)]);
            held += Math.min(credit, 5000);
            credit = (Long) host.payload("[method]output-stream.check-write", stream);
        }
        assertThat(held).isEqualTo(WasiConfig.nothing().limits().earlyResponseBytes());
    }

    @Test
    void trapsAWaitThatOnlyTheWaitingGuestCouldEnd() {
        Object stream =
                host.payload("[method]outgoing-body.write", host.payload("[method]outgoing-response.body", response()));
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> {
                    while (true) {
                        host.call("[method]output-stream.blocking-write-and-flush", stream, new byte[4096]);
                    }
                })
                .withMessageContaining("response-outparam.set");
    }

    @Test
    void sendsTrailers() {
        Object response = response();
        Object body = host.payload("[method]outgoing-response.body", response);
        set(response);
        Object trailers = host.value("[constructor]fields");
        host.call("[method]fields.append", trailers, "x-sum", bytes("1"));
        host.call("[static]outgoing-body.finish", body, Variant.some(trailers));
        assertThat(sink.trailers()).hasToString("x-sum: 1\n");
    }

    @Test
    void endsAResponseWithoutABodyAtOnce() {
        Object response = response();
        assertThat(host.variant("[method]outgoing-response.set-status-code", response, 204))
                .isEqualTo(Variant.ok());
        assertThat(host.variant("[method]outgoing-response.set-status-code", response, 99))
                .isEqualTo(Variant.err());
        set(response);
        assertThat(sink.status()).isEqualTo(204);
        assertThat(sink.trailers()).isNotNull();
    }

    @Test
    void abortsABodyThatIsDroppedUnfinished() {
        Object response = response();
        Object body = host.payload("[method]outgoing-response.body", response);
        set(response);
        host.drop(body);
        assertThat(sink.aborted()).contains("without finishing");
    }

    @Test
    void abortsABodyThatIsLeftOpen() {
        Object response = response();
        Object stream =
                host.payload("[method]outgoing-body.write", host.payload("[method]outgoing-response.body", response));
        set(response);
        exchange.returned();
        assertThat(sink.aborted()).contains("before it finished");
        assertThat(host.variant("[method]output-stream.check-write", stream)).isEqualTo(Variant.err(Variant.of(1)));
    }

    @Test
    void holdsABodyToItsDeclaredLength() {
        Object headers = host.value("[constructor]fields");
        host.call("[method]fields.append", headers, "content-length", bytes("4"));
        Object response = host.value("[constructor]outgoing-response", headers);
        Object body = host.payload("[method]outgoing-response.body", response);
        set(response);
        Object stream = host.payload("[method]outgoing-body.write", body);
        Variant tooMuch = host.variant("[method]output-stream.blocking-write-and-flush", stream, bytes("12345"));
        Object error = ((Variant) tooMuch.payload()).payload();
        assertThat(ErrorCode.nameOf((Variant) host.payload("http-error-code", error)))
                .isEqualTo("HTTP-response-body-size");
        host.call("[method]output-stream.blocking-write-and-flush", stream, bytes("123"));
        host.drop(stream);
        Variant finished = host.variant("[static]outgoing-body.finish", body, Variant.none());
        assertThat(ErrorCode.nameOf((Variant) finished.payload())).isEqualTo("HTTP-response-body-size");
        assertThat(sink.aborted()).contains("3 bytes").contains("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "4,4", "0x4", "9999999999999999999"})
    void refusesALengthThatIsNone(String length) {
        Object fields = host.value("[constructor]fields");
        assertThat(host.variant("[method]fields.append", fields, "Content-Length", bytes(length)))
                .isEqualTo(INVALID_SYNTAX);
        assertThat(host.variant("[method]fields.set", fields, "Content-Length", List.of(bytes(length))))
                .isEqualTo(INVALID_SYNTAX);
    }

    @Test
    void refusesASecondLength() {
        Object fields = host.value("[constructor]fields");
        host.call("[method]fields.append", fields, "content-length", bytes("4"));
        assertThat(host.variant("[method]fields.append", fields, "content-length", bytes("5")))
                .isEqualTo(INVALID_SYNTAX);
        assertThat(host.variant("[method]fields.set", fields, "content-length", List.of(bytes("4"), bytes("5"))))
                .isEqualTo(INVALID_SYNTAX);
        assertThat(host.variant("[method]fields.set", fields, "content-length", List.of(bytes("5"))))
                .isEqualTo(Variant.ok());
    }

    @Test
    void anAnswerToHeadMayDeclareALengthAndHaveNoBody() {
        Exchange head = new Exchange(
                new TestRequest("HEAD", "http", "localhost", "/", HttpFields.none(), RequestBody.empty()), sink);
        host.call("[static]response-outparam.set", new ResponseOutparam(head), Variant.ok(responseOfLength("9")));
        assertThat(sink.trailers()).isNotNull();
        assertThat(sink.aborted()).isNull();
    }

    @Test
    void cutsAResponseThatDeclaresALengthAndHasNoBody() {
        set(responseOfLength("9"));
        assertThat(sink.aborted()).contains("0 bytes").contains("9");
    }

    private Object responseOfLength(String length) {
        Object headers = host.value("[constructor]fields");
        host.call("[method]fields.append", headers, "content-length", bytes(length));
        return host.value("[constructor]outgoing-response", headers);
    }

    @Test
    void refusesAStatusThatIsNotFinal() {
        for (int status : new int[] {0, 99, 100, 101, 1000}) {
            assertThat(host.variant("[method]outgoing-response.set-status-code", response(), status))
                    .isEqualTo(Variant.err());
        }
    }

    @Test
    void saysWhatTheGuestSetInsteadOfAResponse() {
        host.call(
                "[static]response-outparam.set",
                new ResponseOutparam(exchange),
                Variant.err(Variant.of(38, Variant.some("no database"))));
        assertThatExceptionOfType(HttpGuestException.class)
                .isThrownBy(exchange::returned)
                .withMessageContaining("internal-error (no database)")
                .satisfies(e -> assertThat(e.errorCode()).contains("internal-error"));
        assertThat(sink.untouched()).isTrue();
    }

    @Test
    void saysThatTheGuestSetNothing() {
        host.drop(new ResponseOutparam(exchange));
        assertThatExceptionOfType(HttpGuestException.class)
                .isThrownBy(exchange::returned)
                .withMessageContaining("response-outparam.set");
    }

    @Test
    void deniesOutgoingRequests() {
        Object request = host.value("[constructor]outgoing-request", host.value("[constructor]fields"));
        assertThat(host.variant("[method]outgoing-request.set-authority", request, Variant.some("example.com")))
                .isEqualTo(Variant.ok());
        assertThat(host.variant("[method]outgoing-request.set-path-with-query", request, Variant.some("/ bad")))
                .isEqualTo(Variant.err());
        Variant answer = host.variant("handle", request, Variant.none());
        assertThat(answer.isErr()).isTrue();
        assertThat(ErrorCode.nameOf((Variant) answer.payload())).isEqualTo("HTTP-request-denied");
    }

    @Test
    void providesEveryStableFunctionAndResourceOfWasi02() throws IOException {
        List<String> provided = HttpComponent.provided().stream()
                .filter(each -> each.version().equals("0.2.12"))
                .flatMap(each -> Stream.concat(
                        each.functions().keySet().stream().map(name -> each.name() + "#" + name),
                        each.resources().keySet().stream().map(name -> each.name() + "#resource " + name)))
                .toList();
        try (InputStream names = Objects.requireNonNull(MessagesTest.class.getResourceAsStream("wasi-0.2.12.txt"))) {
            assertThat(provided)
                    .containsExactlyInAnyOrderElementsOf(new String(names.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void providesEveryInterfaceOnce() {
        List<String> provided = HttpComponent.providedInterfaces();
        assertThat(provided).doesNotHaveDuplicates().contains("wasi:http/types@0.2.12", "wasi:io/streams@0.2.12");
        assertThat(Stream.of("logging/logging@0.1.0-draft", "config/store@0.2.0-rc.1", "sockets/tcp@0.2.12")
                        .map("wasi:"::concat))
                .allMatch(provided::contains);
    }

    private Object response() {
        return host.value("[constructor]outgoing-response", host.value("[constructor]fields"));
    }

    private void set(Object response) {
        host.call("[static]response-outparam.set", new ResponseOutparam(exchange), Variant.ok(response));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

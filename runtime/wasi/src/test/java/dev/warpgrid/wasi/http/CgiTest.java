package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.LinkException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.wasi.RecordingLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A preview 1 module that answers requests as a CGI program. */
class CgiTest {
    private static final Path COMMAND =
            Path.of(System.getProperty("warpgrid.root", "../.."), "tests/guests/c/command.wasm");
    private static final HttpProgram PROGRAM =
            HttpProgram.link(Guests.engine(), Guests.bytes(COMMAND), InstanceLimits.defaults());

    private static WindowSink ask(HttpRequest request) {
        try (HttpInstance instance = PROGRAM.instantiate(Guests.configured(new RecordingLog()))) {
            WindowSink sink = WindowSink.unbounded();
            instance.handle(request, sink);
            return sink;
        }
    }

    @Test
    void givesTheRequestInTheEnvironment() {
        WindowSink answer = ask(TestRequest.get("/a%20b/c?x=1&y=%20")
                .with(HttpFields.of("Accept", "a", "accept", "b", "Proxy", "evil", "Content-Type", "text/x")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("x-guest")).contains("command");
        assertThat(answer.text().lines())
                .contains(
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "REQUEST_METHOD=GET",
                        "PATH_INFO=/a b/c",
                        "QUERY_STRING=x=1&y=%20",
                        "HTTP_ACCEPT=a, b",
                        "CONTENT_TYPE=text/x",
                        "WHO=test")
                .noneMatch(line -> line.contains("evil"));
        assertThat(answer.trailers()).isNotNull();
    }

    @Test
    void streamsABodyThrough() {
        byte[] body = "some bytes ".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        WindowSink answer = ask(TestRequest.post("/echo", WindowBody.of(body)));
        assertThat(answer.text()).isEqualTo("some bytes ".repeat(20_000));
    }

    @Test
    void takesStatusAndLocation() {
        assertThat(ask(TestRequest.get("/missing")).status()).isEqualTo(404);
        assertThat(ask(TestRequest.get("/missing")).text()).isEqualTo("nothing here\n");
        assertThat(ask(TestRequest.get("/moved")).status()).isEqualTo(302);
        assertThat(ask(TestRequest.get("/moved")).headers().first("location")).contains("/there");
    }

    @Test
    void refusesAnAnswerThatIsNone() {
        assertThatExceptionOfType(HttpGuestException.class)
                .isThrownBy(() -> ask(TestRequest.get("/bare")))
                .withMessageContaining("exit code 3");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> ask(TestRequest.get("/crooked")))
                .withMessageContaining("no field at all");
        assertThatExceptionOfType(TrapException.class).isThrownBy(() -> ask(TestRequest.get("/trap")));
    }

    @Test
    void cutsAnAnswerThatIsNotWhole() {
        assertThat(ask(TestRequest.get("/short")).aborted()).contains("4 bytes", "10");
        assertThat(ask(TestRequest.get("/fails")).aborted()).contains("exit code 9");
    }

    @Test
    void eachRequestHasAMemoryOfItsOwn() {
        try (HttpInstance instance = PROGRAM.instantiate(Guests.configured(new RecordingLog()))) {
            for (int i = 0; i < 3; i++) {
                WindowSink sink = WindowSink.unbounded();
                instance.handle(TestRequest.get("/"), sink);
                assertThat(sink.text()).contains("WHO=test");
            }
            assertThat(instance.memoryBytes()).isZero();
            assertThat(instance.poisoned()).isFalse();
        }
    }

    @Test
    @Timeout(60)
    void isEndedFromOutside() throws InterruptedException {
        try (HttpInstance instance = PROGRAM.instantiate(Guests.configured(new RecordingLog()))) {
            Thread ender = Thread.ofVirtual().start(() -> {
                while (instance.memoryBytes() == 0) {
                    Thread.onSpinWait();
                }
                instance.interrupt("The time is over.");
            });
            assertThatExceptionOfType(TrapException.class)
                    .isThrownBy(() -> instance.handle(TestRequest.get("/loop"), WindowSink.unbounded()))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(TrapException.Kind.INTERRUPTED));
            ender.join();
            assertThat(instance.poisoned()).isTrue();
        }
    }

    @Test
    void refusesAModuleThatIsNoCommand() {
        // Only a memory named memory.
        byte[] library = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 10, 1, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0};
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(() -> HttpProgram.link(Guests.engine(), library, InstanceLimits.defaults()))
                .withMessageContaining("_start");
    }
}

package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.RecordingLog;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.WasiLimits;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guest that misbehaves on request, and what the host makes of it. */
class TroubleGuestTest {
    private final RecordingLog log = new RecordingLog();
    private final HttpInstance instance = Guests.trouble().instantiate(Guests.configured(log));
    private final WindowSink sink = WindowSink.unbounded();

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void givesTheEnvironmentAndNothingElse() {
        assertThat(get("/env")).isEqualTo("WHO=test\n");
    }

    @Test
    void showsTheHeadersOfTheRequestButNotTheConnections() {
        HttpFields came = HttpFields.of("Host", "localhost", "X-One", "1", "x-one", "2", "Connection", "keep-alive");
        instance.handle(TestRequest.get("/headers").with(came), sink);
        assertThat(sink.text()).isEqualTo("x-one=1\nx-one=2\n");
    }

    @Test
    void sendsTrailers() {
        assertThat(get("/trailers")).isEqualTo("with trailers\n");
        assertThat(sink.trailers()).hasToString("x-checksum: 1234\n");
    }

    @Test
    void deniesCallingOut() {
        assertThat(get("/outbound")).isEqualTo("refused with error code 15\n");
    }

    @Test
    void sendsTheStatusTheGuestWants() {
        get("/status?code=418");
        assertThat(sink.status()).isEqualTo(418);
    }

    @Test
    void waitsAsLongAsTheGuestAsks() {
        long began = System.nanoTime();
        assertThat(get("/slow?ms=30")).isEqualTo("waited\n");
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(30_000_000L);
    }

    @Test
    void poisonsAnInstanceThatTraps() {
        assertTrap("/trap", Kind.UNREACHABLE);
        assertThatExceptionOfType(TrapException.class)
                .isThrownBy(() -> get("/"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.POISONED));
    }

    @Test
    void survivesAStackOverflow() {
        assertThatExceptionOfType(TrapException.class).isThrownBy(() -> get("/recurse"));
        assertThat(instance.poisoned()).isTrue();
        assertThat(Guests.ask(Guests.trouble(), TestRequest.get("/count")).text())
                .isEqualTo("1");
    }

    @Test
    void capsTheMemory() {
        assertTrap("/grow", Kind.UNREACHABLE);
        assertThat(instance.memoryBytes()).isBetween(Guests.TROUBLE_MEMORY_BYTES / 2, Guests.TROUBLE_MEMORY_BYTES);
    }

    @Test
    void saysThatAGuestSetNoResponseAndGoesOn() {
        assertThatExceptionOfType(HttpGuestException.class)
                .isThrownBy(() -> get("/silent"))
                .withMessageContaining("response-outparam.set");
        assertThat(sink.untouched()).isTrue();
        assertThat(get("/count")).isEqualTo("1");
    }

    @Test
    void passesTheGuestsErrorOn() {
        assertThatExceptionOfType(HttpGuestException.class)
                .isThrownBy(() -> get("/error"))
                .satisfies(e -> assertThat(e.errorCode()).contains("internal-error"));
    }

    @Test
    void cutsABodyThatTheGuestDropped() {
        assertThat(get("/cut")).isEqualTo("begun");
        assertThat(sink.aborted()).contains("without finishing");
        assertThat(instance.poisoned()).isFalse();
    }

    @Test
    void trapsAWriteWithoutPermit() {
        WindowSink narrow = new WindowSink(100);
        assertThatThrownBy(() -> instance.handle(TestRequest.get("/overrun"), narrow))
                .hasRootCauseInstanceOf(GuestFaultException.class)
                .rootCause()
                .hasMessageContaining("101 bytes");
        assertThat(narrow.aborted()).contains("trapped");
    }

    @Test
    void givesRandomBytesWithinTheLimit() {
        assertThat(get("/random?bytes=1000")).isEqualTo("1000");
        int limit = WasiLimits.defaults().randomBytesPerCall();
        assertThatThrownBy(() -> get("/random?bytes=" + (limit + 1)))
                .hasRootCauseInstanceOf(LimitExceededException.class)
                .rootCause()
                .hasMessageContaining("randomBytesPerCall");
    }

    @Test
    void boundsThePollables() {
        assertThat(get("/pollables?count=300")).isEqualTo("ready 1 first 1\n");
        assertThatThrownBy(() -> get("/pollables?count=3000"))
                .hasRootCauseInstanceOf(LimitExceededException.class)
                .rootCause()
                .hasMessageContaining("openPollables");
    }

    @Test
    void takesMessagesWithTheirLevelAndContext() {
        assertThat(get("/log")).isEqualTo("logged\n");
        assertThat(log.lines())
                .containsExactly(
                        "LOGGING WARN trouble|first", "LOGGING WARN trouble|second", "LOGGING CRITICAL |third");
    }

    @Test
    void answersFromTheConfiguration() {
        assertThat(get("/config")).isEqualTo("nothing\n");
        WasiConfig config = WasiConfig.builder()
                .configuration(Map.of("greeting", "good day"))
                .build();
        try (HttpInstance configured = Guests.trouble().instantiate(config)) {
            WindowSink answer = WindowSink.unbounded();
            configured.handle(TestRequest.get("/config"), answer);
            assertThat(answer.text()).isEqualTo("good day");
        }
    }

    @Test
    void takesAFloodOfLinesOneByOne() {
        assertThat(get("/spam?lines=5000")).isEqualTo("flooded\n");
        assertThat(log.lines()).hasSize(5000).last().isEqualTo("STDOUT INFO |line 4999 of the flood");
    }

    @Test
    void cutsALongLine() {
        get("/stderr?bytes=100000");
        int limit = WasiLimits.defaults().logLineBytes();
        assertThat(log.lines())
                .containsExactly("STDERR ERROR |" + "x".repeat(limit) + " [cut: " + (100_000 - limit) + " bytes more]");
    }

    private String get(String path) {
        WindowSink into = path.startsWith("/count") ? WindowSink.unbounded() : sink;
        instance.handle(TestRequest.get(path), into);
        return into.text();
    }

    private void assertTrap(String path, Kind kind) {
        assertThatExceptionOfType(TrapException.class)
                .isThrownBy(() -> get(path))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(instance.poisoned()).isTrue();
        assertThat(sink.untouched()).isTrue();
    }
}

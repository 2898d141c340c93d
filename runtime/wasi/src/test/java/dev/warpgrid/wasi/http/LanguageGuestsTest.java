package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.ExternName;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.wasi.RecordingLog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Components as the public toolchains of Rust and JavaScript make them; skipped where they are not built. */
class LanguageGuestsTest {
    @Test
    void runsARustHandler() {
        assertThat(Guests.ask(Guests.built("rust-http.wasm"), TestRequest.get("/a?b"))
                        .text())
                .isEqualTo("hello from rust /a?b test\n");
    }

    @Test
    void rustsStandardLibraryFindsTimeRandomnessAndOutputButNoFilesAndSockets() {
        RecordingLog log = new RecordingLog();
        WindowSink sink = WindowSink.unbounded();
        try (HttpInstance instance = Guests.built("rust-http.wasm").instantiate(Guests.configured(log))) {
            instance.handle(TestRequest.get("/std"), sink);
        }
        assertThat(sink.text()).isEqualTo("slept=true\nmap=2\nyear=true\nfile=true\nconnect=true\narguments=0\n");
        assertThat(log.lines()).containsExactly("STDOUT INFO |a line on stdout", "STDERR ERROR |a line on stderr");
    }

    @Test
    void rustStreamsThroughItsReadAndWriteTraits() {
        byte[] body = "shout ".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        WindowSink answer = Guests.ask(Guests.built("rust-http.wasm"), TestRequest.post("/upper", WindowBody.of(body)));
        assertThat(answer.text()).isEqualTo("SHOUT ".repeat(20_000));
    }

    @Test
    void saysWhatARustPanicSaid() {
        RecordingLog log = new RecordingLog();
        try (HttpInstance instance = Guests.built("rust-http.wasm").instantiate(Guests.configured(log))) {
            assertThatExceptionOfType(TrapException.class)
                    .isThrownBy(() -> instance.handle(TestRequest.get("/panic"), WindowSink.unbounded()));
        }
        assertThat(log.lines()).anyMatch(line -> line.contains("the guest panics on purpose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-http.wasm", "js-quickjs.wasm"})
    void linksSeveralVersionsOfWasi02InOneComponent(String name) {
        assertThat(Guests.parsed(name).imports().stream()
                        .map(ExternName::version)
                        .filter(version -> version.startsWith("0.2."))
                        .distinct())
                .hasSizeGreaterThan(1);
        assertThat(Guests.ask(Guests.built(name), TestRequest.get("/")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"js-spidermonkey.wasm", "js-quickjs.wasm"})
    void runsAJavaScriptHandler(String name) {
        HttpComponent guest = Guests.built(name);
        try (HttpInstance instance = guest.instantiate(Guests.configured(new RecordingLog()))) {
            for (int served = 1; served <= 2; served++) {
                WindowSink sink = WindowSink.unbounded();
                instance.handle(TestRequest.get("/json"), sink);
                assertThat(sink.headers().first("content-type")).contains("application/json");
                assertThat(sink.text())
                        .isEqualTo(
                                "{\"path\":\"/json\",\"who\":\"test\",\"served\":" + served + ",\"squares\":[1,4,9]}");
            }
        }
    }
}

package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.wasi.RecordingLog;
import dev.warpgrid.wasi.WasiConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The product's sample workload on the engine. */
class HelloGuestTest {
    @Test
    void greetsWhomTheEnvironmentNames() {
        WindowSink answer = Guests.ask(Guests.hello(), TestRequest.get("/"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).hasToString("content-type: text/plain; charset=utf-8\n");
        assertThat(answer.text()).startsWith("Hello, test!\nInstance ").contains("answered 1 request in");
        assertThat(answer.trailers()).isNotNull();
    }

    @Test
    void greetsBrowsersWithHtmlAndEscapesTheName() {
        WasiConfig config = WasiConfig.builder().environment("WHO", "<b>&").build();
        try (HttpInstance instance = Guests.hello().instantiate(config)) {
            WindowSink sink = WindowSink.unbounded();
            instance.handle(TestRequest.get("/?x").with(HttpFields.of("Accept", "text/html,*/*")), sink);
            assertThat(sink.headers().first("content-type")).contains("text/html; charset=utf-8");
            assertThat(sink.text()).contains("<h1>Hello, &lt;b&gt;&amp;!</h1>");
        }
    }

    @Test
    void eachInstanceCountsForItself() {
        try (HttpInstance first = Guests.hello().instantiate(Guests.configured(new RecordingLog()));
                HttpInstance second = Guests.hello().instantiate(Guests.configured(new RecordingLog()))) {
            assertThat(greeting(first)).contains("answered 1 request in");
            assertThat(greeting(first)).contains("answered 2 requests in");
            assertThat(greeting(second)).contains("answered 1 request in");
            assertThat(first.memoryBytes()).isEqualTo(65536);
        }
    }

    @Test
    void answersProbesAndUnknownPaths() {
        assertThat(Guests.ask(Guests.hello(), TestRequest.get("/health")).text())
                .isEqualTo("ok\n");
        assertThat(Guests.ask(Guests.hello(), TestRequest.get("/nothing")).status())
                .isEqualTo(404);
    }

    @Test
    void echoesABody() {
        byte[] body = "some bytes".getBytes(StandardCharsets.UTF_8);
        WindowSink answer = Guests.ask(Guests.hello(), TestRequest.post("/echo", WindowBody.of(body)));
        assertThat(answer.text()).isEqualTo("some bytes");
        assertThat(answer.trailers()).isNotNull();
    }

    @Test
    void cutsAnEchoWhoseClientWentAway() {
        WindowBody body = new WindowBody(100);
        body.offer("half".getBytes(StandardCharsets.UTF_8));
        body.breakOff("The client went away.");
        WindowSink answer = Guests.ask(Guests.hello(), TestRequest.post("/echo", body));
        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.aborted()).isNotNull();
    }

    private static String greeting(HttpInstance instance) {
        WindowSink sink = WindowSink.unbounded();
        instance.handle(TestRequest.get("/"), sink);
        return sink.text();
    }
}

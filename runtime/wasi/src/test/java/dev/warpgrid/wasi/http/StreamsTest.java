package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warpgrid.component.GuestInterruptedException;
import dev.warpgrid.component.LimitExceededException;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.GuestFaultException;
import dev.warpgrid.wasi.WasiConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream and poll functions over request and response bodies. */
class StreamsTest {
    private static final Variant CLOSED = Variant.err(Variant.of(1));

    private final HostCalls host = new HostCalls(WasiConfig.nothing());

    @Test
    void readsWhatIsThereAndThenNothing() {
        WindowBody body = new WindowBody(100);
        Object input = inputOf(body);
        assertThat((byte[]) host.payload("[method]input-stream.read", input, 10L))
                .isEmpty();
        body.offer(bytes("abcdef"));
        assertThat((byte[]) host.payload("[method]input-stream.read", input, 4L))
                .isEqualTo(bytes("abcd"));
        assertThat(host.payload("[method]input-stream.skip", input, -1L)).isEqualTo(2L);
        body.end(HttpFields.none());
        assertThat(host.variant("[method]input-stream.read", input, 1L)).isEqualTo(CLOSED);
        assertThat(host.variant("[method]input-stream.blocking-skip", input, 1L))
                .isEqualTo(CLOSED);
    }

    @Test
    void aBlockingReadWaitsForTheFirstByte() {
        WindowBody body = new WindowBody(100);
        Object input = inputOf(body);
        CompletableFuture<Object> read =
                CompletableFuture.supplyAsync(() -> host.payload("[method]input-stream.blocking-read", input, 10L));
        body.offer(bytes("late"));
        assertThat(read.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(bytes("late"));
    }

    @Test
    void tellsABrokenBodyOnceAndWithItsHttpError() {
        WindowBody body = new WindowBody(10);
        Object input = inputOf(body);
        body.breakOff("The client went away.");
        Variant failed = host.variant("[method]input-stream.read", input, 1L);
        Object error = ((Variant) failed.payload()).payload();
        assertThat(host.value("[method]error.to-debug-string", error)).isEqualTo("The client went away.");
        assertThat(ErrorCode.nameOf((Variant) host.payload("http-error-code", error)))
                .isEqualTo("connection-terminated");
        assertThat(host.variant("[method]input-stream.read", input, 1L)).isEqualTo(CLOSED);
    }

    @Test
    void trapsAWriteWithoutPermit() {
        Object output = outputTo(new WindowSink(8));
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[method]output-stream.write", output, bytes("x")))
                .withMessageContaining("check-write");
        assertThat(host.payload("[method]output-stream.check-write", output)).isEqualTo(8L);
        host.call("[method]output-stream.write", output, bytes("12345"));
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[method]output-stream.write", output, bytes("6789")));
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[method]output-stream.write-zeroes", output, -1L));
    }

    @Test
    void aBlockingWriteWaitsForTheClientAndTakes4096BytesAtMost() {
        WindowSink sink = new WindowSink(1000);
        Object output = outputTo(sink);
        CompletableFuture<Variant> written = CompletableFuture.supplyAsync(
                () -> host.variant("[method]output-stream.blocking-write-and-flush", output, new byte[4096]));
        int drained = 0;
        while (drained < 4096) {
            byte[] part = sink.drain();
            assertThat(part).isNotNull().hasSizeLessThanOrEqualTo(1000);
            drained += part == null ? 0 : part.length;
        }
        assertThat(written.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(Variant.ok());
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[method]output-stream.blocking-write-and-flush", output, new byte[4097]));
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("[method]output-stream.blocking-write-zeroes-and-flush", output, 4097L));
    }

    @Test
    void answersClosedWhenTheClientIsGone() {
        WindowSink sink = new WindowSink(8);
        Object output = outputTo(sink);
        sink.disconnect();
        assertThat(host.variant("[method]output-stream.check-write", output)).isEqualTo(CLOSED);
        assertThat(host.variant("[method]output-stream.blocking-write-and-flush", output, bytes("x")))
                .isEqualTo(CLOSED);
        assertThat(host.variant("[method]output-stream.flush", output)).isEqualTo(CLOSED);
    }

    @Test
    void splicesWithinBothWindows() {
        WindowBody body = new WindowBody(100);
        WindowSink sink = new WindowSink(4);
        Object input = inputOf(body);
        Object output = outputTo(sink);
        assertThat(host.payload("[method]output-stream.splice", output, input, 10L))
                .isEqualTo(0L);
        body.offer(bytes("abcdef"));
        assertThat(host.payload("[method]output-stream.splice", output, input, 10L))
                .isEqualTo(4L);
        assertThat(host.payload("[method]output-stream.splice", output, input, 10L))
                .isEqualTo(0L);
        assertThat(sink.drain()).isEqualTo(bytes("abcd"));
        body.end(HttpFields.none());
        assertThat(host.payload("[method]output-stream.blocking-splice", output, input, 10L))
                .isEqualTo(2L);
        assertThat(host.variant("[method]output-stream.blocking-splice", output, input, 10L))
                .isEqualTo(CLOSED);
    }

    @Test
    void pollAnswersTheReadyOnesInOrder() {
        WindowBody silent = new WindowBody(10);
        WindowBody talking = new WindowBody(10);
        talking.offer(bytes("x"));
        Object first = host.value("[method]input-stream.subscribe", inputOf(silent));
        Object second = host.value("[method]input-stream.subscribe", inputOf(talking));
        Object third = host.value("subscribe-duration", 0L);
        assertThat(host.value("poll", List.of(first, second, third))).isEqualTo(List.of(1, 2));
        assertThat(host.value("[method]pollable.ready", first)).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pollWakesForAnyOfSeveralSources(boolean wakes) {
        for (int late = 0; late < 2; late++) {
            WindowBody body = new WindowBody(10, wakes);
            WindowSink sink = new WindowSink(1, wakes);
            Object output = outputTo(sink);
            host.call("[method]output-stream.blocking-write-and-flush", output, bytes("x"));
            Object readable = host.value("[method]input-stream.subscribe", inputOf(body));
            Object writable = host.value("[method]output-stream.subscribe", output);
            CompletableFuture<Object> polled =
                    CompletableFuture.supplyAsync(() -> host.value("poll", List.of(readable, writable)));
            if (late == 0) {
                body.offer(bytes("y"));
            } else {
                sink.drain();
            }
            assertThat(polled.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(List.of(late));
        }
    }

    @Test
    void pollWaitsForTheEarliestTimer() {
        long began = System.nanoTime();
        Object soon = host.value("subscribe-duration", TimeUnit.MILLISECONDS.toNanos(20));
        Object never = host.value("subscribe-duration", -1L);
        assertThat(host.value("poll", List.of(never, soon))).isEqualTo(List.of(1));
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void trapsAPollOfNothing() {
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.call("poll", List.of()))
                .withMessageContaining("empty list");
    }

    @Test
    void aWaitEndsWhenItsInstanceIsInterrupted() {
        Object never = host.value("subscribe-duration", -1L);
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
            host.state().enter();
            try {
                host.call("[method]pollable.block", never);
                return new AssertionError("The wait ended by itself.");
            } catch (GuestInterruptedException e) {
                return e;
            } finally {
                host.state().exit();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        });
        host.state().interrupt("Its time is over.");
        assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join())
                .isInstanceOf(GuestInterruptedException.class)
                .hasMessageContaining("Its time is over.");
    }

    @Test
    void countsStreamsAndPollablesOutAgain() {
        Object output = host.value("get-stdout");
        host.drop(output);
        for (int i = 0; i < 2 * WasiConfig.nothing().limits().openStreams(); i++) {
            host.drop(host.value("get-stdout"));
        }
        for (int i = 0; i < 2 * WasiConfig.nothing().limits().openPollables(); i++) {
            host.drop(host.value("subscribe-duration", 0L));
        }
        List<Object> open = new ArrayList<>();
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> {
                    while (true) {
                        open.add(host.value("subscribe-duration", 0L));
                    }
                })
                .satisfies(e -> assertThat(e.limit()).isEqualTo("openPollables"));
        assertThat(open).hasSize(WasiConfig.nothing().limits().openPollables());
    }

    @Test
    void trapsWhenAStreamGoesBeforeItsPollable() {
        Object input = inputOf(new WindowBody(1));
        Object pollable = host.value("[method]input-stream.subscribe", input);
        assertThatExceptionOfType(GuestFaultException.class)
                .isThrownBy(() -> host.drop(input))
                .withMessageContaining("input-stream");
        host.drop(pollable);
        host.drop(input);
    }

    private Object inputOf(RequestBody body) {
        Object incoming =
                host.payload("[method]incoming-request.consume", HostCalls.incoming(TestRequest.post("/", body)));
        return host.payload("[method]incoming-body.stream", incoming);
    }

    private Object outputTo(HttpResponseSink sink) {
        Object response = host.value("[constructor]outgoing-response", host.value("[constructor]fields"));
        Object body = host.payload("[method]outgoing-response.body", response);
        host.call(
                "[static]response-outparam.set",
                new ResponseOutparam(new Exchange(TestRequest.get("/"), sink)),
                Variant.ok(response));
        return host.payload("[method]outgoing-body.write", body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

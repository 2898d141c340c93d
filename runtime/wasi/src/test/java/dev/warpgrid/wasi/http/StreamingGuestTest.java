package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.wasi.WasiConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Bodies larger than any buffer pass through a guest while client and server hold a window only. */
class StreamingGuestTest {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int CHUNK_BYTES = 8000;
    private static final long BODY_BYTES = 100_000_000;
    // Less where each byte goes into the guest and out again: a cold engine copies slowly.
    private static final long COPIED_BYTES = 24_000_000;

    @Test
    void splices100MegabytesThroughOneWindow() {
        echo(Guests.hello(), BODY_BYTES);
    }

    @Test
    void copies24MegabytesThroughTheGuestsMemory() {
        echo(Guests.trouble(), COPIED_BYTES);
    }

    @Test
    void streamsALargeResponseAtTheClientsPace() {
        WindowSink sink = new WindowSink(WINDOW_BYTES);
        CompletableFuture<Long> drained = CompletableFuture.supplyAsync(() -> {
            long bytes = 0;
            for (byte[] part = sink.drain(); part != null; part = sink.drain()) {
                bytes += part.length;
            }
            return bytes;
        });
        try (HttpInstance instance = Guests.trouble().instantiate(WasiConfig.nothing())) {
            instance.handle(TestRequest.get("/big?bytes=" + BODY_BYTES), sink);
        }
        assertThat(drained.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(BODY_BYTES);
        assertThat(sink.mostHeld()).isLessThanOrEqualTo(WINDOW_BYTES);
    }

    @Test
    void stopsWritingWhenTheClientIsGone() {
        WindowSink sink = new WindowSink(WINDOW_BYTES);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
            sink.drain();
            sink.disconnect();
        });
        try (HttpInstance instance = Guests.trouble().instantiate(WasiConfig.nothing())) {
            instance.handle(TestRequest.get("/big?bytes=" + 10 * BODY_BYTES), sink);
        }
        leaving.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(sink.aborted()).isNotNull();
        assertThat(sink.mostHeld()).isLessThanOrEqualTo(WINDOW_BYTES);
    }

    private static void echo(HttpComponent guest, long bytes) {
        WindowBody body = new WindowBody(WINDOW_BYTES);
        WindowSink sink = new WindowSink(WINDOW_BYTES);
        CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> send(body, bytes));
        CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> receive(sink));
        try (HttpInstance instance = guest.instantiate(WasiConfig.nothing())) {
            instance.handle(TestRequest.post("/echo", body), sink);
            assertThat(received.orTimeout(60, TimeUnit.SECONDS).join())
                    .isEqualTo(sent.orTimeout(60, TimeUnit.SECONDS).join());
            assertThat(body.mostHeld()).isLessThanOrEqualTo(WINDOW_BYTES);
            assertThat(sink.mostHeld()).isLessThanOrEqualTo(WINDOW_BYTES);
            assertThat(instance.memoryBytes()).isLessThanOrEqualTo(3 * 65536);
        }
    }

    private static long send(WindowBody body, long bytes) {
        CRC32 sum = new CRC32();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long left = bytes; left > 0; left -= CHUNK_BYTES) {
            chunk = chunk.clone();
            chunk[(int) (left % CHUNK_BYTES)]++;
            chunk[(int) (left / CHUNK_BYTES % CHUNK_BYTES)]++;
            sum.update(chunk);
            body.offer(chunk);
        }
        body.end(HttpFields.none());
        return sum.getValue();
    }

    private static long receive(WindowSink sink) {
        CRC32 sum = new CRC32();
        for (byte[] part = sink.drain(); part != null; part = sink.drain()) {
            sum.update(part);
        }
        return sum.getValue();
    }
}

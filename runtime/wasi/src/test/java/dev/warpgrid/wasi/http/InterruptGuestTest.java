package dev.warpgrid.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.TrapException.Kind;
import dev.warpgrid.wasi.WasiConfig;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A call that would not end is ended from outside, wherever it is. */
class InterruptGuestTest {
    @Test
    void endsAnEndlessLoop() throws Exception {
        assertInterrupted(TestRequest.get("/loop"), WindowSink.unbounded());
    }

    @Test
    void endsAWaitForATimerThatNeverComes() throws Exception {
        assertInterrupted(TestRequest.get("/never"), WindowSink.unbounded());
    }

    @Test
    void endsAReadThatNobodyAnswers() throws Exception {
        assertInterrupted(TestRequest.post("/echo", new WindowBody(10)), WindowSink.unbounded());
    }

    @Test
    void endsAWriteThatNobodyTakes() throws Exception {
        assertInterrupted(TestRequest.get("/big?bytes=1000000"), new WindowSink(1000));
    }

    @Test
    void endsAWaitWhenTheThreadItselfIsInterrupted() throws Exception {
        try (HttpInstance instance = Guests.trouble().instantiate(WasiConfig.nothing())) {
            CompletableFuture<TrapException> ended = new CompletableFuture<>();
            Thread guest = Thread.ofPlatform().start(() -> {
                try {
                    instance.handle(TestRequest.get("/never"), WindowSink.unbounded());
                    ended.completeExceptionally(new AssertionError("The call ended by itself."));
                } catch (TrapException e) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    ended.complete(e);
                }
            });
            awaitInside(guest);
            guest.interrupt();
            assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join().kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(instance.poisoned()).isTrue();
        }
    }

    private static void assertInterrupted(HttpRequest request, WindowSink sink) throws Exception {
        try (HttpInstance instance = Guests.trouble().instantiate(WasiConfig.nothing())) {
            instance.handle(TestRequest.get("/count"), WindowSink.unbounded());
            CompletableFuture<TrapException> ended = new CompletableFuture<>();
            Thread guest = Thread.ofPlatform().start(() -> {
                try {
                    instance.handle(request, sink);
                    ended.completeExceptionally(new AssertionError("The call ended by itself."));
                } catch (TrapException e) {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    ended.complete(e);
                }
            });
            awaitInside(guest);
            instance.interrupt("Its time is over.");
            TrapException trap = ended.orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
            assertThat(instance.poisoned()).isTrue();
            guest.join();
        }
    }

    /** Waits until the guest waits, or has burned so much time that it can only be in its loop. */
    private static void awaitInside(Thread guest) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (guest.getState() != Thread.State.TIMED_WAITING
                && ManagementFactory.getThreadMXBean().getThreadCpuTime(guest.threadId()) < 300_000_000L) {
            assertThat(System.nanoTime())
                    .as("time by which the guest should run")
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

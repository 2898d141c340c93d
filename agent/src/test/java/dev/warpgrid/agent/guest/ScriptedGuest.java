package dev.warpgrid.agent.guest;

import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A guest that does what a test wrote, and that can be interrupted as a real one. */
public final class ScriptedGuest implements GuestInstance {
    /** What it does with a request. */
    @FunctionalInterface
    public interface Script {
        void run(HttpRequest request, HttpResponseSink response) throws InterruptedException;
    }

    private final Script script;
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    private final AtomicBoolean poisoned = new AtomicBoolean();
    private final AtomicInteger inside = new AtomicInteger();
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicBoolean enteredTwice = new AtomicBoolean();
    public final CountDownLatch closed = new CountDownLatch(1);

    public ScriptedGuest(Script script) {
        this.script = script;
    }

    public static ScriptedGuest answering(String text) {
        return new ScriptedGuest((request, response) -> answer(response, 200, text));
    }

    public static void answer(HttpResponseSink response, int status, String text) {
        response.head(status, HttpFields.of("content-type", "text/plain").freeze());
        response.write(text.getBytes(StandardCharsets.UTF_8));
        response.end(HttpFields.none());
    }

    @Override
    public void handle(HttpRequest request, HttpResponseSink response) {
        if (inside.incrementAndGet() > 1) {
            enteredTwice.set(true);
        }
        calls.incrementAndGet();
        runner.set(Thread.currentThread());
        try {
            script.run(request, response);
            if (poisoned.get()) {
                throw new GuestCrashException("INTERRUPTED");
            }
        } catch (InterruptedException e) {
            throw new GuestCrashException("INTERRUPTED", e);
        } catch (GuestCrashException e) {
            poisoned.set(true);
            throw e;
        } finally {
            runner.set(null);
            Thread.interrupted();
            inside.decrementAndGet();
        }
    }

    /** Loops on a processor until it is interrupted. */
    public static void spin() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new InterruptedException();
    }

    @Override
    public void interrupt(String reason) {
        poisoned.set(true);
        Thread thread = runner.get();
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean poisoned() {
        return poisoned.get();
    }

    @Override
    public long memoryBytes() {
        return 65_536;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

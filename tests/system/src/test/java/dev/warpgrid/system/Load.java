package dev.warpgrid.system;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Requests one after another on a thread of its own, until it is stopped; each answer but 200 is kept. */
final class Load implements AutoCloseable {
    private static final int MAXIMUM_REQUESTS = 1_000_000;

    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    private Load(Grid grid, int port, String host, String path) {
        thread = Thread.ofPlatform().name("load-" + host).start(() -> run(grid, port, host, path));
    }

    static Load on(Grid grid, String host, String path) {
        return on(grid, grid.ingressPort(), host, path);
    }

    /** @param port of any node's ingress */
    static Load on(Grid grid, int port, String host, String path) {
        return new Load(grid, port, host, path);
    }

    private void run(Grid grid, int port, String host, String path) {
        for (int i = 0; i < MAXIMUM_REQUESTS && !stopped; i++) {
            long start = System.nanoTime();
            try {
                int status =
                        grid.getAt(port, host, path, Duration.ofSeconds(60)).statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
            } catch (Exception e) {
                failures.add(e.toString());
            }
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            answers.incrementAndGet();
        }
    }

    long answers() {
        return answers.get();
    }

    long slowestMillis() {
        return slowestNanos.get() / 1_000_000;
    }

    Queue<String> failures() {
        return failures;
    }

    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}

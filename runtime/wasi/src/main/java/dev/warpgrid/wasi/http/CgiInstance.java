package dev.warpgrid.wasi.http;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.wasi.ByteSource;
import dev.warpgrid.wasi.Stdio;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.p1.Preview1Instance;
import dev.warpgrid.wasi.p1.Preview1Module;
import org.jspecify.annotations.Nullable;

/** Runs a module anew for each request. */
final class CgiInstance implements HttpInstance {
    private final Preview1Module module;
    private final WasiConfig config;
    private final Object running = new Object();
    private @Nullable Preview1Instance current;
    private volatile @Nullable String interruptReason;
    private volatile boolean poisoned;

    CgiInstance(Preview1Module module, WasiConfig config) {
        this.module = module;
        this.config = config;
    }

    @Override
    public void handle(HttpRequest request, HttpResponseSink response) {
        Exchange exchange = new Exchange(request, response);
        CgiOutput output = new CgiOutput(exchange, config.limits());
        try {
            int code = run(request, exchange, output);
            output.ended(code);
        } catch (TrapException e) {
            poisoned = true;
            exchange.broken("The guest trapped before it finished its answer: " + e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            exchange.broken("The guest gave no whole answer: " + e.getMessage());
            throw e;
        }
        exchange.returned();
    }

    private int run(HttpRequest request, Exchange exchange, CgiOutput output) {
        WasiConfig own = config.change()
                .environment(CgiEnvironment.of(request))
                .stdio(new Stdio(new Body(exchange.body()), output, null, false, false, false))
                .build();
        try (Preview1Instance guest = module.instantiate(own)) {
            begin(guest);
            return guest.run();
        } finally {
            end();
        }
    }

    private void begin(Preview1Instance guest) {
        synchronized (running) {
            current = guest;
            String reason = interruptReason;
            if (reason != null) {
                guest.interrupt(reason);
            }
        }
    }

    private void end() {
        synchronized (running) {
            current = null;
        }
    }

    @Override
    public void interrupt(String reason) {
        synchronized (running) {
            poisoned = true;
            interruptReason = interruptReason == null ? reason : interruptReason;
            Preview1Instance guest = current;
            if (guest != null) {
                guest.interrupt(reason);
            }
        }
    }

    @Override
    public boolean poisoned() {
        return poisoned;
    }

    /** Between requests it has none. */
    @Override
    public long memoryBytes() {
        synchronized (running) {
            Preview1Instance guest = current;
            return guest == null ? 0 : guest.memoryBytes();
        }
    }

    @Override
    public void close() {
        poisoned = true;
    }

    /** The request's body as standard input. */
    private record Body(RequestBody body) implements ByteSource {
        @Override
        public int available() {
            return body.available();
        }

        @Override
        public byte[] read(int maxBytes) {
            return body.read(maxBytes);
        }

        @Override
        public void await(long nanos) throws InterruptedException {
            body.awaitReadable(nanos);
        }

        @Override
        public boolean wake(@Nullable Runnable waker) {
            return body.wake(waker);
        }
    }
}

package dev.warpgrid.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreEngine;
import dev.warpgrid.wasi.LogSink;
import dev.warpgrid.wasi.WasiConfig;
import dev.warpgrid.wasi.http.HttpGuestException;
import dev.warpgrid.wasi.http.HttpInstance;
import dev.warpgrid.wasi.http.HttpProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers requests on the loopback address with one program: for trying it out, not for the open network. */
final class Server {
    private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());
    private static final int BACKLOG = 256;
    private static final int BAD_GATEWAY = 502;

    private final HttpProgram program;
    private final WasiConfig config;
    private final PrintStream notes;
    /** At most one for each thread. */
    private final ConcurrentLinkedDeque<HttpInstance> idle = new ConcurrentLinkedDeque<>();

    private Server(HttpProgram program, WasiConfig config, PrintStream notes) {
        this.program = program;
        this.config = config;
        this.notes = notes;
    }

    /** Serves until the process is ended. */
    static int serve(CoreEngine engine, byte[] wasm, InstanceLimits limits, ToolOptions options, PrintStream notes)
            throws IOException {
        HttpProgram program = HttpProgram.link(engine, wasm, limits);
        WasiConfig config = options.config().log(lines(notes)).build();
        HttpServer listener = start(program, config, options.port(), notes);
        notes.println("Serving " + options.file() + " on http://localhost:"
                + listener.getAddress().getPort() + "; Ctrl-C ends it.");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Begins to listen. */
    static HttpServer start(HttpProgram program, WasiConfig config, int port, PrintStream notes) throws IOException {
        Server server = new Server(program, config, notes);
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        ExecutorService threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("guest-", 1).factory());
        listener.setExecutor(threads);
        listener.createContext("/", server::answer);
        listener.start();
        return listener;
    }

    private static LogSink lines(PrintStream notes) {
        return (stream, level, context, text) -> notes.println(context.isEmpty() ? text : context + ": " + text);
    }

    private void answer(HttpExchange exchange) {
        ExchangeSink sink = new ExchangeSink(exchange);
        HttpInstance instance = idle.poll();
        try {
            if (instance == null) {
                instance = program.instantiate(config);
            }
            instance.handle(new ExchangeRequest(exchange), sink);
        } catch (TrapException | HttpGuestException e) {
            notes.println(e.getMessage());
            if (!sink.headSent()) {
                refuse(exchange, String.valueOf(e.getMessage()));
            }
        } finally {
            exchange.close();
            keep(instance);
        }
    }

    private void keep(@org.jspecify.annotations.Nullable HttpInstance instance) {
        if (instance == null) {
            return;
        }
        if (instance.poisoned()) {
            instance.close();
        } else {
            idle.push(instance);
        }
    }

    private static void refuse(HttpExchange exchange, String sentence) {
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(BAD_GATEWAY, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // The client is gone, and there is nobody to tell.
        }
    }
}

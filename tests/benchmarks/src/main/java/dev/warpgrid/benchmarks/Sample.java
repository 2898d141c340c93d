package dev.warpgrid.benchmarks;

import dev.warpgrid.component.Component;
import dev.warpgrid.component.InstanceLimits;
import dev.warpgrid.engine.graalwasm.GraalWasmEngine;
import dev.warpgrid.wasi.http.HttpComponent;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample component, and a client of it that costs next to nothing. */
final class Sample {
    private Sample() {}

    static GraalWasmEngine compilingEngine() {
        GraalWasmEngine engine = GraalWasmEngine.create();
        if (!engine.info().compiled()) {
            throw new IllegalStateException(
                    "The engine interprets, so its figures mean nothing: give the JVM the compiler's modules.");
        }
        return engine;
    }

    static HttpComponent link(GraalWasmEngine engine) {
        String file = System.getProperty("warpgrid.sample", "examples/hello/hello.wasm");
        try {
            return HttpComponent.link(
                    engine,
                    Component.parse(Files.readAllBytes(Path.of(file))),
                    InstanceLimits.defaults().withMemoryBytes(64L << 20));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request without a body. */
    record Get(String pathWithQuery) implements HttpRequest {
        private static final HttpFields HEADERS =
                HttpFields.of("accept", "*/*", "user-agent", "benchmark").freeze();

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "hello.default.localhost";
        }

        @Override
        public HttpFields headers() {
            return HEADERS;
        }

        @Override
        public RequestBody body() {
            return RequestBody.empty();
        }
    }

    /** Counts what is written and keeps nothing. */
    static final class Counting implements HttpResponseSink {
        long bytes;
        int status;

        @Override
        public void head(int newStatus, HttpFields headers) {
            status = newStatus;
        }

        @Override
        public int writable() {
            return 1 << 20;
        }

        @Override
        public void write(byte[] data) {
            bytes += data.length;
        }

        @Override
        public void flush() {}

        @Override
        public boolean awaitWritable(long nanos) {
            return true;
        }

        @Override
        public void end(HttpFields trailers) {}

        @Override
        public void abort(String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public boolean closed() {
            return false;
        }
    }
}

package dev.warpgrid.tool;

import com.sun.net.httpserver.HttpExchange;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpResponseSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A guest's answer for the JDK's server, which writes blocking and knows no trailers. */
final class ExchangeSink implements HttpResponseSink {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int NO_BODY = -1;
    private static final int UNKNOWN_LENGTH = 0;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final HttpExchange exchange;
    private boolean headSent;
    private boolean bodiless;
    private boolean closed;

    ExchangeSink(HttpExchange exchange) {
        this.exchange = exchange;
    }

    boolean headSent() {
        return headSent;
    }

    @Override
    public void head(int status, HttpFields headers) {
        headSent = true;
        bodiless = status == NO_CONTENT
                || status == NOT_MODIFIED
                || exchange.getRequestMethod().equals("HEAD");
        headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        long declared = headers.first("content-length").map(Long::parseLong).orElse((long) UNKNOWN_LENGTH);
        boolean empty = bodiless || (declared == 0 && headers.contains("content-length"));
        bodiless = empty;
        try {
            exchange.sendResponseHeaders(status, empty ? NO_BODY : declared);
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public int writable() {
        return CHUNK_BYTES;
    }

    @Override
    public void write(byte[] bytes) {
        if (bodiless || closed) {
            return;
        }
        try {
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void flush() {
        if (bodiless || closed) {
            return;
        }
        try {
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public boolean awaitWritable(long nanos) {
        return true;
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }

    @Override
    public void end(HttpFields trailers) {
        closed = true;
        exchange.close();
    }

    @Override
    public void abort(String reason) {
        // Closing it before the end of the body cuts the connection, by which the client sees that something is
        // missing.
        closed = true;
        exchange.close();
    }

    @Override
    public boolean closed() {
        return closed;
    }
}

package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.wasi.http.HttpFields;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer on its event loop: every public method may be called on any thread and hops once. Keeps
 * {@code content-length} true to the body, since a wrong one would run two answers of a connection into each other.
 */
final class ResponseWriter {
    private static final String CONTENT_LENGTH = "content-length";
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int UNKNOWN = -1;

    private final HttpServerResponse response;
    private final HttpMethod method;
    private final HttpVersion version;
    private final Executor loop;
    private final Connections.Call call;
    private volatile @Nullable RevisionCounters counters;
    private volatile @Nullable Refusal refusal;
    private final long arrivedNanos;
    private final Runnable whenDone;

    // On the event loop only.
    private int status;
    private long declared = UNKNOWN;
    private long sent;
    private boolean lastOfConnection;

    ResponseWriter(
            HttpServerRequest request,
            Connections.Call call,
            Executor loop,
            @Nullable RevisionCounters counters,
            long arrivedNanos,
            Runnable whenDone) {
        this.response = request.response();
        this.method = request.method();
        this.version = request.version();
        this.call = call;
        this.loop = loop;
        this.counters = counters;
        this.arrivedNanos = arrivedNanos;
        this.whenDone = whenDone;
    }

    /** Another revision answers; null where it is counted elsewhere. */
    void countFor(@Nullable RevisionCounters others) {
        counters = others;
    }

    /** The problem that follows is told to another node, which counts the request where it is answered. */
    void notRun(Refusal why) {
        counters = null;
        refusal = why;
    }

    void whole(HttpExchange exchange, int code, HttpFields headers, byte[] bytes) {
        loop.execute(() -> writeWhole(exchange, code, headers, bytes));
    }

    /** @param code of the head with the first part; 0 with the others */
    void part(HttpExchange exchange, int code, HttpFields headers, byte[] bytes, boolean last, HttpFields trailers) {
        loop.execute(() -> writePart(exchange, code, headers, bytes, last, trailers));
    }

    void problem(HttpExchange exchange, int code, String sentence, boolean retry) {
        byte[] body = Problems.body(code, sentence, exchange.requestId());
        loop.execute(() -> {
            if (!ready()) {
                return;
            }
            status = code;
            response.setStatusCode(code)
                    .putHeader("content-type", Problems.CONTENT_TYPE)
                    .putHeader("cache-control", "no-store")
                    .putHeader(RequestIds.HEADER, exchange.requestId());
            Refusal why = refusal;
            if (why != null) {
                response.putHeader(InternalHeaders.REFUSED, why.name());
            }
            if (retry) {
                response.putHeader("retry-after", Integer.toString(RETRY_AFTER_SECONDS));
            }
            endWith(exchange, body);
        });
    }

    void cut(HttpExchange exchange) {
        loop.execute(() -> cutNow(exchange));
    }

    private void cutNow(HttpExchange exchange) {
        exchange.clientGone();
        if (!response.ended()) {
            var ignored = response.reset();
        }
        count(500);
    }

    private boolean ready() {
        return !response.ended() && !response.closed();
    }

    private void writeWhole(HttpExchange exchange, int code, HttpFields headers, byte[] bytes) {
        if (!ready()) {
            whenDone.run();
            return;
        }
        head(exchange, code, headers);
        endWith(exchange, bytes);
    }

    private void endWith(HttpExchange exchange, byte[] bytes) {
        boolean bodiless = isBodiless();
        if (!bodiless || (method.equals(HttpMethod.HEAD) && declared == UNKNOWN && status != 304 && bytes.length > 0)) {
            response.putHeader(CONTENT_LENGTH, Integer.toString(bytes.length));
        }
        announceEndOfConnection(exchange);
        whenWritten(exchange, bodiless || bytes.length == 0 ? response.end() : response.end(wrap(bytes)));
        count(status);
    }

    private void writePart(
            HttpExchange exchange, int code, HttpFields headers, byte[] bytes, boolean last, HttpFields trailers) {
        if (!ready()) {
            exchange.clientGone();
            whenDone.run();
            return;
        }
        if (code != 0) {
            head(exchange, code, headers);
            if (declared == UNKNOWN && !isBodiless() && version != HttpVersion.HTTP_2) {
                response.setChunked(true);
            }
            announceEndOfConnection(exchange);
        }
        sent += bytes.length;
        boolean wrongLength = declared != UNKNOWN && !isBodiless() && (sent > declared || (last && sent < declared));
        if (wrongLength) {
            cutNow(exchange);
            return;
        }
        if (bytes.length > 0 || !last) {
            write(exchange, bytes);
        }
        if (last) {
            trailers.forEach((name, value) -> response.putTrailer(name, value));
            whenWritten(exchange, response.end());
            count(status);
        }
    }

    private void write(HttpExchange exchange, byte[] bytes) {
        if (isBodiless()) {
            exchange.written(bytes.length);
            return;
        }
        if (bytes.length == 0) {
            var ignored = response.writeHead();
            return;
        }
        response.write(wrap(bytes)).onComplete(done -> {
            if (done.succeeded()) {
                exchange.written(bytes.length);
            } else {
                exchange.clientGone();
            }
        });
    }

    private void head(HttpExchange exchange, int code, HttpFields headers) {
        status = code;
        response.setStatusCode(code);
        Headers.copy(headers, response.headers());
        response.putHeader(RequestIds.HEADER, exchange.requestId());
        String length = response.headers().get(CONTENT_LENGTH);
        declared = length == null ? UNKNOWN : parse(length);
        if (length != null && (declared == UNKNOWN || code == 204)) {
            response.headers().remove(CONTENT_LENGTH);
        }
    }

    private static long parse(String length) {
        try {
            return Math.max(UNKNOWN, Long.parseLong(length.strip().toLowerCase(Locale.ROOT)));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Answers that never have a body (RFC 9110 sections 9.3.2, 15.3.5 and 15.4.5). */
    private boolean isBodiless() {
        return method.equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    /**
     * Says before the body whether the connection ends with this answer: what is left of a body nobody reads is not worth
     * reading, and a client of a node that is about to end shall not send it another request.
     */
    private void announceEndOfConnection(HttpExchange exchange) {
        if (version != HttpVersion.HTTP_2 && (call.isLastOfConnection() || !exchange.requestTaken())) {
            response.putHeader("connection", "close");
            lastOfConnection = true;
        }
    }

    private void whenWritten(HttpExchange exchange, Future<Void> written) {
        if (lastOfConnection) {
            written.onComplete(done -> exchange.rawRequest().connection().close());
        }
    }

    private void count(int code) {
        RevisionCounters counted = counters;
        if (counted != null) {
            counted.answered(code, System.nanoTime() - arrivedNanos);
        }
        whenDone.run();
    }

    private static Buffer wrap(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}

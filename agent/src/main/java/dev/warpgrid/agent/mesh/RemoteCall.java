package dev.warpgrid.agent.mesh;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.agent.ingress.InternalHeaders;
import dev.warpgrid.agent.ingress.PeerLimits;
import dev.warpgrid.agent.ingress.RoutedExchange;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request on another node: reads the exchange's body and writes its answer as a guest does, but waits for neither. All
 * of it happens on the event loop of the client's connection. Whatever cannot be written yet is not read yet, at both ends.
 */
final class RemoteCall {
    private static final System.Logger LOG = System.getLogger(RemoteCall.class.getName());
    private static final int CHUNK_BYTES = 16 << 10;
    private static final long CANCEL = 0x8;
    private static final long REFUSED_STREAM = 0x7;

    private final RoutedExchange exchange;
    private final Endpoint endpoint;
    private final PeerLimits limits;
    private final RequestBody body;
    private final HttpResponseSink answer;

    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean hasBody;
    private boolean bodySent;
    private boolean over;
    private boolean flushPosted;
    /** Read by wakers on other threads. */
    private volatile boolean paused;

    RemoteCall(RoutedExchange exchange, Endpoint endpoint, PeerLimits limits) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.limits = limits;
        this.body = exchange.request().body();
        this.answer = exchange.response();
    }

    void start(HttpClientAgent client) {
        endpoint.inFlight.incrementAndGet();
        endpoint.peer.inFlight.incrementAndGet();
        var address = endpoint.peer.address();
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.valueOf(exchange.request().method()))
                        .setServer(SocketAddress.inetSocketAddress(address.port(), address.host()))
                        .setHost(endpoint.peer.node.meshName())
                        .setPort(address.port())
                        .setURI(exchange.request().pathWithQuery()))
                .onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            release();
            if (connection.cause() instanceof ConnectionPoolTooBusyException) {
                exchange.refused(Refusal.QUEUE_FULL);
                return;
            }
            peerFailed("cannot be reached", connection.cause());
            exchange.refused(Refusal.UNREACHABLE);
            return;
        }
        HttpClientRequest opened = connection.result();
        request = opened;
        if (exchange.abandoned() || body.failure().isPresent()) {
            cancel();
            return;
        }
        exchange.sending(limits.streamWindowBytes());
        endpoint.peer.sent.increment();
        hasBody = body.available() >= 0;
        head(opened.headers());
        opened.response().onComplete(this::answered);
        opened.exceptionHandler(this::broken);
        answer.wake(this::answerCanGoOn);
        if (!hasBody) {
            bodySent = true;
            var ignored = opened.end();
            return;
        }
        if (!opened.headers().contains("content-length")) {
            opened.setChunked(true);
        }
        opened.drainHandler(drained -> sendBody());
        body.wake(this::sendBody);
        if (body.available() == 0) {
            var ignored = opened.sendHead();
        }
        sendBody();
    }

    private void head(MultiMap headers) {
        HttpFields fields = exchange.request().headers();
        for (int i = 0; i < fields.size(); i++) {
            if (isPassedOn(fields.name(i))) {
                headers.add(fields.name(i), fields.value(i));
            }
        }
        headers.set(InternalHeaders.REVISION, endpoint.revision.toString());
        headers.set(InternalHeaders.AUTHORITY, exchange.request().authority());
    }

    /** HTTP/2 knows no fields of a connection (RFC 9113 section 8.2.2). */
    private static boolean isPassedOn(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "transfer-encoding",
                    "upgrade",
                    "te",
                    "trailer",
                    "host",
                    "expect",
                    "http2-settings" -> false;
            default -> true;
        };
    }

    // ---- the request's body

    private void sendBody() {
        HttpClientRequest open = request;
        while (!over && !bodySent && open != null && !open.writeQueueFull()) {
            int there = body.available();
            if (there == 0) {
                return;
            }
            if (there > 0) {
                var ignored = open.write(
                        BufferInternal.buffer(Unpooled.wrappedBuffer(body.read(Math.min(there, CHUNK_BYTES)))));
            } else if (body.failure().isPresent()) {
                cancel();
                exchange.failed(CallFailure.NODE_GONE);
            } else {
                bodySent = true;
                var ignored = open.end();
            }
        }
    }

    // ---- the answer

    private void answered(AsyncResult<HttpClientResponse> arrived) {
        if (over) {
            return;
        }
        if (arrived.failed()) {
            broken(arrived.cause());
            return;
        }
        HttpClientResponse opened = arrived.result();
        endpoint.peer.aside.succeeded();
        String refused = opened.getHeader(InternalHeaders.REFUSED);
        if (refused != null) {
            turnedAway(refused);
            return;
        }
        endpoint.aside.succeeded();
        response = opened;
        exchange.answering();
        answer.head(opened.statusCode(), fields(opened.headers()));
        opened.exceptionHandler(this::broken);
        opened.handler(this::take);
        opened.endHandler(ended -> finish(opened));
        postFlush();
    }

    private void peerFailed(String how, Throwable cause) {
        endpoint.peer.failed.increment();
        if (endpoint.peer.aside.failed(System.nanoTime())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Node " + endpoint.peer.node + " at "
                            + endpoint.peer.address().address() + " " + how + " (" + cause
                            + "); its requests go elsewhere for a while");
        }
    }

    /** The request was not run there. */
    private void turnedAway(String name) {
        Refusal refusal = refusal(name);
        long now = System.nanoTime();
        boolean counts = (refusal == Refusal.ENDING || refusal == Refusal.NOT_ADMITTED)
                ? endpoint.peer.aside.failed(now)
                : endpoint.aside.failed(now);
        LOG.log(
                System.Logger.Level.DEBUG,
                "Node {0} refused a request for {1}: {2} ({3})",
                endpoint.peer.node,
                endpoint.revision,
                refusal,
                counts);
        cancel();
        exchange.refused(refusal);
    }

    private static Refusal refusal(String name) {
        for (Refusal each : Refusal.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        // A newer node has a reason that is not known here.
        return Refusal.NO_INSTANCE;
    }

    private static HttpFields fields(MultiMap headers) {
        var fields = new HttpFields();
        for (Map.Entry<String, String> header : headers) {
            if (fields.fits(header.getKey().length(), header.getValue().length())) {
                fields.add(header.getKey(), header.getValue());
            }
        }
        return fields.freeze();
    }

    private void take(Buffer bytes) {
        if (over) {
            return;
        }
        answer.write(bytes.getBytes());
        if (answer.writable() <= 0) {
            paused = true;
            HttpClientResponse open = response;
            if (open != null) {
                open.pause();
            }
            answerCanGoOn();
        }
        postFlush();
    }

    /** What comes in one read of the socket goes on in one write, and often as a whole answer. */
    private void postFlush() {
        if (!flushPosted) {
            flushPosted = true;
            exchange.context().runOnContext(posted -> {
                flushPosted = false;
                if (!over) {
                    answer.flush();
                    exchange.tick();
                }
            });
        }
    }

    /** On any thread. */
    private void answerCanGoOn() {
        if (paused || answer.closed()) {
            exchange.context().runOnContext(now -> goOn());
        }
    }

    private void goOn() {
        if (over) {
            return;
        }
        if (answer.closed()) {
            cancel();
            return;
        }
        HttpClientResponse open = response;
        if (paused && open != null && answer.writable() > 0) {
            paused = false;
            open.resume();
        }
    }

    private void finish(HttpClientResponse ended) {
        if (over) {
            return;
        }
        HttpFields trailers = fields(ended.trailers());
        if (bodySent) {
            release();
        } else {
            cancel();
        }
        answer.end(trailers);
        exchange.finished();
    }

    // ---- the end

    private void broken(Throwable cause) {
        if (over) {
            return;
        }
        boolean begun = response != null;
        boolean reset = cause instanceof StreamResetException;
        if (!reset) {
            peerFailed("went away", cause);
        }
        cancel();
        if (begun) {
            answer.abort("The node that answers went away.");
            exchange.failed(CallFailure.NODE_GONE);
        } else if (cause instanceof StreamResetException stream && stream.getCode() == REFUSED_STREAM) {
            exchange.refused(Refusal.ENDING);
        } else if (isSafe() && !reset) {
            exchange.refused(Refusal.BROKEN);
        } else {
            exchange.failed(CallFailure.NODE_GONE);
        }
    }

    /** Whether it does no harm to run it twice (RFC 9110 section 9.2.1). */
    private boolean isSafe() {
        return !hasBody
                && switch (exchange.request().method()) {
                    case "GET", "HEAD", "OPTIONS" -> true;
                    default -> false;
                };
    }

    private void cancel() {
        HttpClientRequest open = request;
        if (open != null) {
            var ignored = open.reset(CANCEL);
        }
        release();
    }

    private void release() {
        if (over) {
            return;
        }
        over = true;
        answer.wake(null);
        body.wake(null);
        endpoint.inFlight.decrementAndGet();
        endpoint.peer.inFlight.decrementAndGet();
    }
}

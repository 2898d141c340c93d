package dev.warpgrid.agent.ingress;

import dev.warpgrid.agent.guest.CallFailure;
import dev.warpgrid.agent.guest.Refusal;
import dev.warpgrid.agent.metrics.RevisionCounters;
import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request between its event loop and its guest. What the guest answers is collected on the guest's thread and goes to
 * the event loop in one hop where it is small, else in batches under a window of credit.
 */
final class HttpExchange implements RoutedExchange, HttpRequest, HttpResponseSink {
    private static final byte[] NONE = {};

    private final HttpServerRequest request;
    private final String authority;
    private final String target;
    private final String requestId;
    private final IngressLimits limits;
    private final RequestBody body;
    private final ResponseWriter writer;
    private final Context context;
    private final Reroute reroute;
    /** Made when it is needed, which is seldom. */
    private @Nullable Detours detours;

    private @Nullable Target lastTarget;
    private volatile @Nullable Runnable released;

    // The answer; guarded by this, since the watchdog may pass on what was flushed.
    private int status;
    private HttpFields headers = HttpFields.none();
    private final Pending pending = new Pending();
    /** Bytes taken from the guest that the client's socket has not taken yet. */
    private int outstanding;

    private boolean headSet;
    private boolean handedOver;
    private boolean flushWanted;
    private boolean streaming;
    private boolean over;
    private boolean aborted;
    private volatile boolean closed;
    private volatile @Nullable Runnable waker;

    HttpExchange(
            HttpServerRequest request,
            String authority,
            String target,
            String requestId,
            IngressLimits limits,
            RequestBody body,
            ResponseWriter writer,
            Context context,
            Reroute reroute) {
        this.request = request;
        this.authority = authority;
        this.target = target;
        this.requestId = requestId;
        this.limits = limits;
        this.body = body;
        this.writer = writer;
        this.context = context;
        this.reroute = reroute;
    }

    // ---- the request, read on the guest's thread

    @Override
    public HttpRequest request() {
        return this;
    }

    @Override
    public HttpResponseSink response() {
        return this;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public String pathWithQuery() {
        return target;
    }

    @Override
    public HttpFields headers() {
        HttpFields fields = Headers.toFields(request.headers());
        fields.remove(RequestIds.HEADER);
        return fields.add(RequestIds.HEADER, requestId).freeze();
    }

    @Override
    public RequestBody body() {
        return body;
    }

    // ---- the answer, written on the guest's thread

    @Override
    public synchronized void head(int newStatus, HttpFields newHeaders) {
        status = newStatus;
        headers = newHeaders;
        headSet = true;
    }

    @Override
    public synchronized int writable() {
        return Math.max(0, limits.responseWindowBytes() - outstanding);
    }

    @Override
    public synchronized void write(byte[] bytes) {
        if (closed || over || aborted) {
            return;
        }
        pending.add(bytes);
        outstanding += bytes.length;
        if (pending.size() >= limits.batchBytes()) {
            handOver(false, HttpFields.none());
        }
    }

    /**
     * Goes out at once only when the answer is known to be a stream: most guests flush a small body just before they end
     * it, and would pay a second hop for nothing. {@link #tick} makes up for it within a tick.
     */
    @Override
    public synchronized void flush() {
        if (streaming) {
            handOver(false, HttpFields.none());
        } else {
            flushWanted = true;
        }
    }

    @Override
    public synchronized void tick() {
        if (flushWanted && headSet && !over) {
            streaming = true;
            handOver(false, HttpFields.none());
        }
    }

    @Override
    public synchronized boolean awaitWritable(long nanos) throws InterruptedException {
        streaming = true;
        handOver(false, HttpFields.none());
        long deadline = System.nanoTime() + nanos;
        while (!closed && outstanding >= limits.responseWindowBytes()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    @Override
    public synchronized void end(HttpFields trailers) {
        if (!over) {
            handOver(true, trailers);
            over = true;
        }
    }

    /** What was not handed over yet never goes out: the call's end tells the client, or cuts the connection. */
    @Override
    public synchronized void abort(String reason) {
        aborted = true;
        pending.take();
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public boolean wake(@Nullable Runnable newWaker) {
        waker = newWaker;
        return true;
    }

    private void wakeWriter() {
        Runnable waiting = waker;
        if (waiting != null) {
            waiting.run();
        }
    }

    private void handOver(boolean last, HttpFields trailers) {
        flushWanted = false;
        if (closed || over || aborted || !headSet || (pending.size() == 0 && handedOver && !last)) {
            return;
        }
        byte[] bytes = pending.size() == 0 ? NONE : pending.take();
        if (last && !handedOver && trailers.size() == 0) {
            handedOver = true;
            writer.whole(this, status, headers, bytes);
            return;
        }
        boolean first = !handedOver;
        handedOver = true;
        writer.part(this, first ? status : 0, headers, bytes, last, trailers);
    }

    // ---- how the call ended

    @Override
    public boolean abandoned() {
        return closed;
    }

    /** A request that met its revision on its way out goes where the routes lead now. */
    @Override
    public void refused(Refusal refusal) {
        release();
        if (refusal.isOfThePlace()) {
            reroute.turnedAway(this, refusal);
        } else {
            turnAway(refusal);
        }
    }

    /** Tells the client. */
    void turnAway(Refusal refusal) {
        answerOnce(refusal.status(), refusal.sentence(), true);
    }

    /** Tells another node that the request was not run, so that it may go elsewhere. */
    void turnAwayPeer(Refusal refusal) {
        writer.notRun(refusal);
        turnAway(refusal);
    }

    @Override
    public void failed(CallFailure failure) {
        release();
        answerOnce(failure.status(), failure.sentence(), failure == CallFailure.STOPPED);
    }

    @Override
    public void finished() {
        release();
        boolean complete;
        synchronized (this) {
            complete = over;
        }
        if (!complete) {
            answerOnce(CallFailure.NO_RESPONSE.status(), CallFailure.NO_RESPONSE.sentence(), false);
        }
    }

    /** An answer of the agent's own; where the guest's head is already out, the connection is cut instead. */
    void answerOnce(int code, String sentence, boolean retry) {
        boolean cut;
        synchronized (this) {
            if (over || closed) {
                return;
            }
            over = true;
            cut = handedOver;
            handedOver = true;
        }
        if (cut) {
            writer.cut(this);
        } else {
            writer.problem(this, code, sentence, retry);
        }
    }

    // ---- where it goes

    @Override
    public Context context() {
        return context;
    }

    @Override
    public void answeredHere(RevisionCounters counters, Runnable whenReleased) {
        writer.countFor(counters);
        released = whenReleased;
        if (closed) {
            release();
        }
    }

    @Override
    public void sending(int mostKeptBytes) {
        detours().sent();
        writer.countFor(null);
        if (body instanceof BodyWindow window) {
            window.keep(mostKeptBytes);
        }
    }

    @Override
    public void answering() {
        if (body instanceof BodyWindow window) {
            window.forget();
        }
    }

    private void release() {
        if (released == null) {
            return;
        }
        Runnable once;
        synchronized (this) {
            once = released;
            released = null;
        }
        if (once != null) {
            once.run();
        }
    }

    Detours detours() {
        Detours known = detours;
        if (known == null) {
            known = new Detours();
            detours = known;
        }
        return known;
    }

    /** Whether its body, if it has one, can be read from its beginning again. */
    boolean rewind() {
        return !(body instanceof BodyWindow window) || window.rewind();
    }

    /** Hands it on. */
    void goTo(Target target) {
        lastTarget = target;
        RevisionCounters counters = target.counters();
        if (counters != null) {
            writer.countFor(counters);
        }
        target.place().accept(this);
    }

    @Nullable
    Target lastTarget() {
        return lastTarget;
    }

    // ---- on the event loop

    HttpServerRequest rawRequest() {
        return request;
    }

    /** The client's socket took this many bytes. */
    void written(int bytes) {
        synchronized (this) {
            outstanding -= bytes;
            notifyAll();
        }
        wakeWriter();
    }

    void clientGone() {
        closed = true;
        if (body instanceof BodyWindow window) {
            window.fail("The client closed the connection.");
        }
        synchronized (this) {
            notifyAll();
        }
        release();
        wakeWriter();
    }

    /** Whether the request was taken whole, so that its connection can be used again. */
    boolean requestTaken() {
        return !(body instanceof BodyWindow window) || window.whole();
    }

    /** Bytes on their way to one hop. One array is kept as it is, further ones are joined. */
    private static final class Pending {
        private byte[] bytes = NONE;
        private int size;

        void add(byte[] more) {
            if (size == 0) {
                bytes = more;
            } else {
                if (size + more.length > bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more.length));
                }
                System.arraycopy(more, 0, bytes, size, more.length);
            }
            size += more.length;
        }

        int size() {
            return size;
        }

        byte[] take() {
            byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            bytes = NONE;
            size = 0;
            return taken;
        }
    }
}

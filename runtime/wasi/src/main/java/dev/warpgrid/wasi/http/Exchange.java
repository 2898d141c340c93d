package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import org.jspecify.annotations.Nullable;

/** One request and what the guest answers to it. After its call neither the sink nor the body is touched any more. */
final class Exchange implements BodyTarget {
    private static final int NOT_MODIFIED = 304;

    private final HttpRequest request;
    private final CallBody body;
    private final HttpResponseSink sink;
    private @Nullable Variant error;
    private boolean headSent;
    private boolean bodiless;
    private boolean responseOver;

    Exchange(HttpRequest request, HttpResponseSink sink) {
        this.request = request;
        this.body = new CallBody(request.body());
        this.sink = sink;
    }

    HttpRequest request() {
        return request;
    }

    RequestBody body() {
        return body;
    }

    void head(int status, HttpFields headers) {
        headSent = true;
        bodiless = status == NOT_MODIFIED || request.method().equals("HEAD");
        sink.head(status, headers);
    }

    /** RFC 9110 section 8.6. */
    @Override
    public boolean bodiless() {
        return bodiless;
    }

    void fail(Variant errorCode) {
        error = errorCode;
    }

    @Override
    public int credit() {
        return responseOver || sink.closed() ? -1 : sink.writable();
    }

    @Override
    public void write(byte[] bytes) {
        sink.write(bytes);
    }

    @Override
    public void flush() {
        if (!responseOver) {
            sink.flush();
        }
    }

    @Override
    public void awaitWritable(long nanos) throws InterruptedException {
        sink.awaitWritable(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return responseOver || sink.wake(waker);
    }

    @Override
    public void end(HttpFields trailers) {
        if (!responseOver) {
            responseOver = true;
            sink.end(trailers);
        }
    }

    @Override
    public void abort(String reason) {
        if (headSent && !responseOver) {
            responseOver = true;
            sink.abort(reason);
        }
    }

    /** The guest returned. */
    void returned() {
        body.callEnded();
        abort("The guest returned before it finished the response body.");
        responseOver = true;
        if (headSent) {
            return;
        }
        Variant code = error;
        if (code != null) {
            throw new HttpGuestException(
                    "The guest answered with the error " + ErrorCode.describe(code) + ".", ErrorCode.nameOf(code));
        }
        throw new HttpGuestException(
                "The guest returned without setting a response; it has to call response-outparam.set.", null);
    }

    /** The call ended without the guest returning. */
    void broken(String reason) {
        body.callEnded();
        abort(reason);
        responseOver = true;
    }
}

package dev.warpgrid.agent.guest;

import dev.warpgrid.wasi.http.HttpFields;
import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;
import dev.warpgrid.wasi.http.RequestBody;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A request without a network; its outcome can be waited for. */
final class RecordedExchange implements Exchange, HttpRequest, HttpResponseSink {
    /** How it ended. {@code failure} and {@code refusal} are null where it went well. */
    record Outcome(String what, long nanos) {}

    private final String path;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    volatile boolean abandoned;

    RecordedExchange(String path) {
        this.path = path;
    }

    Outcome await() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    boolean done() {
        return outcome.isDone();
    }

    private void complete(String what) {
        if (!outcome.complete(new Outcome(what, System.nanoTime() - begun))) {
            throw new AssertionError("The exchange ended twice: " + what);
        }
    }

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
        return "request-1";
    }

    @Override
    public boolean abandoned() {
        return abandoned;
    }

    @Override
    public void refused(Refusal refusal) {
        complete(refusal.name());
    }

    @Override
    public void failed(CallFailure failure) {
        complete(failure.name());
    }

    @Override
    public void finished() {
        complete("FINISHED");
    }

    @Override
    public void tick() {}

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
        return "hello.test";
    }

    @Override
    public String pathWithQuery() {
        return path;
    }

    @Override
    public HttpFields headers() {
        return HttpFields.none();
    }

    @Override
    public RequestBody body() {
        return RequestBody.empty();
    }

    @Override
    public void head(int status, HttpFields headers) {}

    @Override
    public int writable() {
        return 65_536;
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public void flush() {}

    @Override
    public boolean awaitWritable(long nanos) {
        return true;
    }

    @Override
    public void end(HttpFields trailers) {}

    @Override
    public void abort(String reason) {}

    @Override
    public boolean closed() {
        return abandoned;
    }
}

package dev.warpgrid.agent.guest;

import dev.warpgrid.wasi.http.HttpRequest;
import dev.warpgrid.wasi.http.HttpResponseSink;

/** One request on its way through a pool. Exactly one of {@code refused}, {@code failed}, {@code finished} ends it. */
public interface Exchange {
    HttpRequest request();

    HttpResponseSink response();

    /** Named in log lines and answers. */
    String requestId();

    /** Whether nobody waits for the answer any more; such a call is not begun. */
    boolean abandoned();

    void refused(Refusal refusal);

    void failed(CallFailure failure);

    /** The guest's call returned; the response it wrote may still be on its way. */
    void finished();

    /** Called about every tick while the guest runs: pass on what it has flushed. */
    void tick();
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import org.jspecify.annotations.Nullable;

/** One request and what the guest answered to it. After its call the sink is no longer touched. */
final class Exchange {
    private final HttpResponseSink sink;
    private @Nullable Variant error;
    private boolean headSent;
    private boolean over;

    Exchange(HttpResponseSink sink) {
        this.sink = sink;
    }

    void head(int status, HttpFields headers) {
        headSent = true;
        sink.head(status, headers);
    }

    void fail(Variant errorCode) {
        error = errorCode;
    }

    /** Bytes that can be written now; -1 when writing is in vain. */
    int credit() {
        return over || sink.closed() ? -1 : sink.writable();
    }

    void write(byte[] bytes) {
        sink.write(bytes);
    }

    void flush() {
        if (!over) {
            sink.flush();
        }
    }

    void awaitWritable(long nanos) throws InterruptedException {
        sink.awaitWritable(nanos);
    }

    void end(HttpFields trailers) {
        if (!over) {
            over = true;
            sink.end(trailers);
        }
    }

    void abort(String reason) {
        if (headSent && !over) {
            over = true;
            sink.abort(reason);
        }
    }

    /** The guest returned. */
    void returned() {
        if (headSent) {
            abort("The guest returned before it finished the response body.");
            return;
        }
        over = true;
        Variant code = error;
        if (code != null) {
            throw new HttpGuestException(
                    "The guest answered with the error " + ErrorCode.describe(code) + ".", ErrorCode.nameOf(code));
        }
        throw new HttpGuestException(
                "The guest returned without setting a response; it has to call response-outparam.set.", null);
    }

    /** The guest trapped. */
    void trapped(String reason) {
        abort(reason);
        over = true;
    }
}

package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.future-incoming-response}. */
final class FutureResponse extends WasiResource implements Waiting {
    private final OutgoingCall call;
    private boolean taken;

    FutureResponse(OutgoingCall call) {
        super(null);
        this.call = call;
    }

    boolean ready() {
        return call.ready();
    }

    /** {@code option<result<result<incoming-response, error-code>>>}; the outer result fails on a second call. */
    Variant get() {
        if (!call.ready()) {
            return Variant.none();
        }
        if (taken) {
            return Variant.some(Variant.err());
        }
        taken = true;
        WireReader.Head head = call.head();
        if (head == null) {
            Variant error = call.error();
            return Variant.some(Variant.ok(Variant.err(error == null ? ErrorCode.of("connection-terminated") : error)));
        }
        return Variant.some(Variant.ok(Variant.ok(new IncomingResponse(call, head))));
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        call.await(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return call.wake(waker);
    }

    @Override
    protected String wasiName() {
        return "future-incoming-response";
    }

    @Override
    protected void dropped(InstanceState state) {
        if (!taken || call.head() == null) {
            call.cancel();
            state.requestEnded();
        }
    }
}

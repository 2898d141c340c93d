package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.Waiting;
import dev.warpgrid.wasi.WasiResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code wasi:http/types.future-trailers}: there once the rest of the body, which nobody reads any more, is through. */
final class FutureTrailers extends WasiResource implements Waiting {
    private static final int DISCARDED_AT_ONCE = 64 << 10;

    private final RequestBody body;
    private boolean taken;

    FutureTrailers(RequestBody body) {
        super(null);
        this.body = body;
    }

    boolean ready() {
        int available = body.available();
        while (available > 0) {
            body.read(DISCARDED_AT_ONCE);
            available = body.available();
        }
        return available < 0;
    }

    /** {@code option<result<result<option<trailers>, error-code>>>}; the outer result fails on a second call. */
    Variant get() {
        if (taken) {
            return Variant.some(Variant.err());
        }
        if (!ready()) {
            return Variant.none();
        }
        taken = true;
        Optional<Variant> failure = body.failureCode();
        if (failure.isPresent()) {
            return Variant.some(Variant.ok(Variant.err(failure.get())));
        }
        HttpFields trailers = FieldRules.visible(body.trailers());
        Variant some = trailers.size() == 0 ? Variant.none() : Variant.some(new Fields(trailers.copy()));
        return Variant.some(Variant.ok(Variant.ok(some)));
    }

    @Override
    public void await(long nanos) throws InterruptedException {
        body.awaitReadable(nanos);
    }

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return body.wake(waker);
    }

    @Override
    protected String wasiName() {
        return "future-trailers";
    }

    @Override
    protected void dropped(InstanceState state) {
        body.cancel();
    }
}

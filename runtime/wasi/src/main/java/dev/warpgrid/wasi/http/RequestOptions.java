package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:http/types.request-options}: three timeouts, each an {@code option<duration>} in nanoseconds. */
final class RequestOptions extends WasiResource {
    private Variant connectTimeout = Variant.none();
    private Variant firstByteTimeout = Variant.none();
    private Variant betweenBytesTimeout = Variant.none();

    RequestOptions() {
        super(null);
    }

    Variant connectTimeout() {
        return connectTimeout;
    }

    Variant setConnectTimeout(Variant duration) {
        connectTimeout = duration;
        return Variant.ok();
    }

    Variant firstByteTimeout() {
        return firstByteTimeout;
    }

    Variant setFirstByteTimeout(Variant duration) {
        firstByteTimeout = duration;
        return Variant.ok();
    }

    Variant betweenBytesTimeout() {
        return betweenBytesTimeout;
    }

    Variant setBetweenBytesTimeout(Variant duration) {
        betweenBytesTimeout = duration;
        return Variant.ok();
    }

    @Override
    protected String wasiName() {
        return "request-options";
    }
}

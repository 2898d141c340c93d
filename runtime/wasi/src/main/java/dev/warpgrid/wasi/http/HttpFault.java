package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import java.io.IOException;

/** An exchange with a peer failed in a way that {@code wasi:http} has a code for. */
final class HttpFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Variant code;

    HttpFault(String name) {
        super(name);
        this.code = ErrorCode.of(name);
    }

    HttpFault(String name, Object payload) {
        super(name);
        this.code = ErrorCode.of(name, payload);
    }

    Variant code() {
        return code;
    }
}

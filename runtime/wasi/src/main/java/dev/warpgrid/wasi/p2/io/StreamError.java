package dev.warpgrid.wasi.p2.io;

import dev.warpgrid.component.Variant;

/** The results that stream functions answer when they move nothing. */
final class StreamError {
    private static final int LAST_OPERATION_FAILED = 0;
    private static final Variant CLOSED = Variant.err(Variant.of(1));

    private StreamError() {}

    /** The stream is at its end. */
    static Variant closed() {
        return CLOSED;
    }

    static Variant failed(IoError error) {
        return Variant.err(Variant.of(LAST_OPERATION_FAILED, error));
    }
}

package dev.warpgrid.wasi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a standard stream whole. */
public final class Collected implements ByteSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public int writable() {
        return 1 << 20;
    }

    @Override
    public void write(byte[] given) {
        bytes.writeBytes(given);
    }

    @Override
    public void flush() {}

    @Override
    public void await(long nanos) {}

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Streams of which this is the output. */
    public Stdio asOutput(ByteSink error) {
        return new Stdio(ByteSource.closed(), this, error, false, false, false);
    }
}

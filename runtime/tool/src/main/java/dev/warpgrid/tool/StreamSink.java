package dev.warpgrid.tool;

import dev.warpgrid.wasi.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A blocking stream of the process as a guest's output; a reader that is slow holds the guest up. */
final class StreamSink implements ByteSink {
    private static final int CHUNK_BYTES = 64 << 10;

    private final OutputStream stream;
    private boolean broken;

    StreamSink(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public int writable() {
        return broken ? -1 : CHUNK_BYTES;
    }

    @Override
    public void write(byte[] bytes) {
        try {
            stream.write(bytes);
        } catch (IOException e) {
            // As a pipe without a reader: the guest hears of it at its next write.
            broken = true;
        }
    }

    @Override
    public void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            broken = true;
        }
    }

    @Override
    public void await(long nanos) {}

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }
}

package dev.warpgrid.wasi.p1;

import dev.warpgrid.wasi.ByteSink;
import dev.warpgrid.wasi.ByteSource;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.LogStream;
import dev.warpgrid.wasi.Waiting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Standard input, output or error of a module. */
final class StandardStream {
    private static final int NO_END = Integer.MAX_VALUE;

    private final InstanceState state;
    private final @Nullable LogStream log;
    private final @Nullable ByteSource source;
    private final @Nullable ByteSink sink;
    private final boolean terminal;

    private StandardStream(
            InstanceState state,
            @Nullable LogStream log,
            @Nullable ByteSource source,
            @Nullable ByteSink sink,
            boolean terminal) {
        this.state = state;
        this.log = log;
        this.source = source;
        this.sink = sink;
        this.terminal = terminal;
    }

    static StandardStream input(InstanceState state) {
        return new StandardStream(
                state,
                null,
                state.config().stdio().input(),
                null,
                state.config().stdio().terminalInput());
    }

    static StandardStream output(InstanceState state) {
        return new StandardStream(
                state,
                LogStream.STDOUT,
                null,
                state.config().stdio().output(),
                state.config().stdio().terminalOutput());
    }

    static StandardStream error(InstanceState state) {
        return new StandardStream(
                state,
                LogStream.STDERR,
                null,
                state.config().stdio().error(),
                state.config().stdio().terminalError());
    }

    boolean input() {
        return source != null;
    }

    boolean terminal() {
        return terminal;
    }

    /** Bytes to be read or written now; 0 when it has to be waited, -1 at the end. */
    int ready() {
        if (source != null) {
            return source.available();
        }
        return sink == null ? NO_END : sink.writable();
    }

    /** What to wait on; null where nothing ever has to be waited for. */
    @Nullable
    Waiting waiting() {
        return source != null ? source : sink;
    }

    /** Waits until something can be read; answers it, empty at the end. */
    byte[] read(int most, boolean blocking) {
        ByteSource from = source;
        if (from == null) {
            throw new ErrnoException(Errno.BADF);
        }
        int available = from.available();
        while (available == 0) {
            if (!blocking) {
                throw new ErrnoException(Errno.AGAIN);
            }
            state.await(from, Long.MAX_VALUE);
            available = from.available();
        }
        return available < 0 ? new byte[0] : from.read(Math.min(available, most));
    }

    /** Writes all of it, waiting for the reader; answers how many bytes went out. */
    int write(byte[] bytes, boolean blocking) {
        state.output(bytes.length);
        if (log == null) {
            throw new ErrnoException(Errno.BADF);
        }
        ByteSink to = sink;
        if (to == null) {
            state.log(log, bytes);
            return bytes.length;
        }
        int done = 0;
        while (done < bytes.length) {
            int room = to.writable();
            if (room < 0) {
                throw new ErrnoException(Errno.PIPE);
            }
            if (room == 0) {
                if (!blocking) {
                    break;
                }
                state.await(to, Long.MAX_VALUE);
                continue;
            }
            int part = Math.min(room, bytes.length - done);
            to.write(part == bytes.length ? bytes : Arrays.copyOfRange(bytes, done, done + part));
            done += part;
        }
        if (done == 0 && bytes.length > 0) {
            throw new ErrnoException(Errno.AGAIN);
        }
        to.flush();
        return done;
    }
}

package dev.warpgrid.wasi;

import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a guest.
 *
 * @param output null for lines of the log
 * @param error  null for lines of the log
 * @param terminalInput  whether the guest is to know that its input comes from a terminal; likewise the others
 */
public record Stdio(
        ByteSource input,
        @Nullable ByteSink output,
        @Nullable ByteSink error,
        boolean terminalInput,
        boolean terminalOutput,
        boolean terminalError) {
    private static final Stdio NONE = new Stdio(ByteSource.closed(), null, null, false, false, false);

    /** An input at its end, and lines of the log. */
    public static Stdio none() {
        return NONE;
    }

    /** Where a stream's bytes go; null for the log. */
    public @Nullable ByteSink output(LogStream stream) {
        return stream == LogStream.STDERR ? error : output;
    }
}

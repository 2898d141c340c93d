package dev.warpgrid.wasi;

/** Takes what guests say, one whole line at a time, on the guest's thread: it must not block. */
@FunctionalInterface
public interface LogSink {
    /**
     * Takes a line.
     *
     * @param context what the guest named as the source, with {@link LogStream#LOGGING}; else empty
     * @param text    without its line end, cut at {@link WasiLimits#logLineBytes()} with the cut said in the text;
     *                bytes that are no UTF-8 are replaced
     */
    void line(LogStream stream, LogLevel level, String context, String text);

    /** Takes every line and keeps none. */
    static LogSink discarding() {
        return (stream, level, context, text) -> {};
    }
}

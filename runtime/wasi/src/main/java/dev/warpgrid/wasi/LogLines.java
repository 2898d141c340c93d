package dev.warpgrid.wasi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Splits what a guest writes to stdout or stderr into lines. Holds one unfinished line at most, and that bounded. */
final class LogLines {
    private static final byte[] NONE = {};
    private static final int FIRST_BYTES = 256;

    private final WasiConfig config;
    private final LogStream stream;
    private byte[] pending = NONE;
    private int length;
    private long cutBytes;

    LogLines(WasiConfig config, LogStream stream) {
        this.config = config;
        this.stream = stream;
    }

    void write(byte[] bytes) {
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                finishLine(bytes, start, at);
                start = at + 1;
            }
        }
        append(bytes, start, bytes.length);
    }

    /** Gives an unfinished line out as it is and lets its memory go. */
    void end() {
        if (length > 0) {
            finishLine(NONE, 0, 0);
        }
        pending = NONE;
    }

    private void finishLine(byte[] bytes, int start, int end) {
        if (length == 0 && end - start <= config.limits().logLineBytes()) {
            emit(bytes, start, end);
            return;
        }
        append(bytes, start, end);
        emit(pending, 0, length);
        length = 0;
        cutBytes = 0;
    }

    private void emit(byte[] bytes, int start, int end) {
        int trimmed = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        String text = new String(bytes, start, trimmed - start, StandardCharsets.UTF_8);
        LogLevel level = stream == LogStream.STDERR ? LogLevel.ERROR : LogLevel.INFO;
        config.log().line(stream, level, "", cutBytes == 0 ? text : text + " [cut: " + cutBytes + " bytes more]");
    }

    private void append(byte[] bytes, int start, int end) {
        int room = Math.min(end - start, config.limits().logLineBytes() - length);
        cutBytes += end - start - room;
        if (room == 0) {
            return;
        }
        if (length + room > pending.length) {
            int doubled = Math.max(FIRST_BYTES, Math.max(2 * pending.length, length + room));
            pending = Arrays.copyOf(pending, Math.min(doubled, config.limits().logLineBytes()));
        }
        System.arraycopy(bytes, start, pending, length, room);
        length += room;
    }
}

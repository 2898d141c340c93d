package dev.warpgrid.wasi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every line as {@code STREAM LEVEL context|text}. */
public final class RecordingLog implements LogSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void line(LogStream stream, LogLevel level, String context, String text) {
        lines.add(stream + " " + level + " " + context + "|" + text);
    }

    public List<String> lines() {
        return lines;
    }
}

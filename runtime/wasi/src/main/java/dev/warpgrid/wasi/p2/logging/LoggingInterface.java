package dev.warpgrid.wasi.p2.logging;

import dev.warpgrid.component.HostInterface;
import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.LogLevel;
import dev.warpgrid.wasi.LogStream;

/** {@code wasi:logging/logging}: a message of several lines becomes several lines with one level and context. */
public final class LoggingInterface {
    private static final LogLevel[] LEVELS = LogLevel.values();

    private LoggingInterface() {}

    public static HostInterface<InstanceState> build() {
        return HostInterface.<InstanceState>named("wasi:logging/logging", "0.1.0-draft")
                .function("log", (state, in) -> {
                    log(state, LEVELS[((Variant) in[0]).index()], (String) in[1], (String) in[2]);
                    return null;
                })
                .build();
    }

    private static void log(InstanceState state, LogLevel level, String context, String message) {
        String source = bounded(state, context);
        int start = 0;
        do {
            int end = message.indexOf('\n', start);
            String line = message.substring(start, end < 0 ? message.length() : end);
            state.config().log().line(LogStream.LOGGING, level, source, bounded(state, line));
            start = end + 1;
        } while (start > 0 && start < message.length());
    }

    // Characters stand for bytes here: a line may then be up to three times the limit, which is bounded too.
    private static String bounded(InstanceState state, String text) {
        int most = state.config().limits().logLineBytes();
        return text.length() <= most
                ? text
                : text.substring(0, most) + " [cut: " + (text.length() - most) + " characters more]";
    }
}

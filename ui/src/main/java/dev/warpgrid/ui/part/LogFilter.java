package dev.warpgrid.ui.part;

import java.util.List;

/**
 * Which log lines are seen.
 *
 * @param regex whether {@code text} is a regular expression
 * @param level the least severe level that is shown; {@code trace} shows all
 * @param instance one instance's id; empty for all
 */
public record LogFilter(String text, boolean regex, String level, String instance) {
    /** From the least severe. */
    public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "critical");

    public LogFilter {
        if (!LEVELS.contains(level)) {
            level = LEVELS.getFirst();
        }
    }

    public static LogFilter all() {
        return new LogFilter("", false, LEVELS.getFirst(), "");
    }
}

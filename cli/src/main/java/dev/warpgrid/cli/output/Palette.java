package dev.warpgrid.cli.output;

/** Colours that carry a meaning; a plain palette leaves text as it is. */
public enum Palette {
    PLAIN,
    ANSI;

    private static final String RESET = "\u001b[0m";

    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    public String warning(String text) {
        return paint("\u001b[33m", text);
    }

    public String bad(String text) {
        return paint("\u001b[31m", text);
    }

    public String quiet(String text) {
        return paint("\u001b[2m", text);
    }

    public String strong(String text) {
        return paint("\u001b[1m", text);
    }

    /** A state's colour by its word; a word not known here stays plain. */
    public String state(String word) {
        return switch (word) {
            case "READY", "RUNNING", "INFO", "up" -> good(word);
            case "PROGRESSING", "PENDING", "ASSIGNED", "STARTING", "DRAINING", "DEGRADED", "SUSPECTED", "WARNING" ->
                warning(word);
            case "UNAVAILABLE", "BACKING_OFF", "FAILED", "LOST", "ERROR", "down" -> bad(word);
            default -> word;
        };
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : code + text + RESET;
    }
}

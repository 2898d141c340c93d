package dev.warpgrid.cli.output;

import java.util.Locale;

/** How an answer is written. */
public enum OutputFormat {
    /** For people. */
    TABLE,
    /** The contract's records, for programs. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.warpgrid.cli.manifest;

/**
 * One thing that is wrong in a manifest.
 *
 * @param line from 1; 0 where the fault is that something is missing from the whole file
 * @param message cause and remedy in one sentence
 */
public record Fault(int line, int column, String message) {
    /** As compilers write it, so that editors and terminals can jump there. */
    public String at(String file) {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}

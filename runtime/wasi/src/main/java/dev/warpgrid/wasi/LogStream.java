package dev.warpgrid.wasi;

/** Where a guest wrote a line. */
public enum LogStream {
    STDOUT,
    STDERR,
    /** Through {@code wasi:logging/logging}. */
    LOGGING
}

package dev.warpgrid.wasi;

/** The levels of {@code wasi:logging/logging}, in its order. A line of stdout is INFO, one of stderr ERROR. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    CRITICAL
}

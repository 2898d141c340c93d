package dev.warpgrid.wasi;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time that guests see.
 *
 * @param monotonicNanos nanoseconds since any fixed instant of the process, never negative and never going back
 * @param wall           the time of day
 */
public record WasiClocks(LongSupplier monotonicNanos, InstantSource wall) {
    private static final long STARTED = System.nanoTime();
    private static final WasiClocks SYSTEM = new WasiClocks(() -> System.nanoTime() - STARTED, InstantSource.system());

    /** The clocks of the machine; the monotonic one starts at the start of the process, so it tells no uptime. */
    public static WasiClocks system() {
        return SYSTEM;
    }
}

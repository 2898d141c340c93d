package dev.warpgrid.model;

import java.time.Duration;

/**
 * What one instance may use.
 *
 * @param memory all linear memories of the instance together
 * @param timeout wall time of one call, from the first byte handed to the guest to the last byte taken from it
 * @param cpuTime processor time of one call
 */
public record WorkloadLimits(ByteSize memory, Duration timeout, Duration cpuTime) {
    public static final ByteSize DEFAULT_MEMORY = ByteSize.ofMebibytes(64);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final Duration DEFAULT_CPU_TIME = Duration.ofSeconds(10);
    public static final ByteSize MAXIMUM_MEMORY = ByteSize.ofMebibytes(4096);
    public static final Duration MAXIMUM_TIMEOUT = Duration.ofHours(1);

    public WorkloadLimits {
        if (memory.bytes() < 65_536 || memory.compareTo(MAXIMUM_MEMORY) > 0) {
            throw new IllegalArgumentException("A memory limit lies between 64KiB and " + MAXIMUM_MEMORY
                    + ", the range of 32-bit WebAssembly, and this one is " + memory + ".");
        }
        requireWithin("timeout", timeout);
        requireWithin("CPU time limit", cpuTime);
    }

    public static WorkloadLimits defaults() {
        return new WorkloadLimits(DEFAULT_MEMORY, DEFAULT_TIMEOUT, DEFAULT_CPU_TIME);
    }

    private static void requireWithin(String what, Duration duration) {
        if (duration.toMillis() < 1 || duration.compareTo(MAXIMUM_TIMEOUT) > 0) {
            throw new IllegalArgumentException("A " + what + " lies between 1ms and " + MAXIMUM_TIMEOUT.toHours()
                    + "h, and this one is " + duration + ".");
        }
    }
}

package dev.warpgrid.component;

/**
 * What one instance may use.
 *
 * @param memoryBytes   cap of all linear memories together; a component that must start larger is refused at link
 *                      time, and several memories share what is left above their minima evenly
 * @param tableElements cap of all tables together, shared as memory is
 * @param handles       live resource handles in the tables of all its component instances together
 * @param callDepth     calls between components and the host inside each other
 * @param liftedBytes   what the values of the calls that run at one time may make the host allocate
 */
public record InstanceLimits(long memoryBytes, int tableElements, int handles, int callDepth, long liftedBytes) {
    private static final long WASM32_BYTES = 1L << 32;
    private static final InstanceLimits DEFAULTS = new InstanceLimits(256L << 20, 100_000, 10_000, 64, 128L << 20);

    public InstanceLimits {
        if (memoryBytes < 0 || memoryBytes > WASM32_BYTES) {
            throw new IllegalArgumentException(
                    "The limit memoryBytes must lie between 0 and 4 GiB and is " + memoryBytes + ".");
        }
        if (tableElements < 0 || handles < 0 || callDepth < 1 || liftedBytes < 0) {
            throw new IllegalArgumentException("A limit of an instance is negative, or its callDepth less than 1.");
        }
    }

    public static InstanceLimits defaults() {
        return DEFAULTS;
    }

    public InstanceLimits withMemoryBytes(long bytes) {
        return new InstanceLimits(bytes, tableElements, handles, callDepth, liftedBytes);
    }

    public InstanceLimits withHandles(int count) {
        return new InstanceLimits(memoryBytes, tableElements, count, callDepth, liftedBytes);
    }
}

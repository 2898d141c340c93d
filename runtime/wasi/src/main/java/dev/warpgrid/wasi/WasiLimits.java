package dev.warpgrid.wasi;

/**
 * What the host interfaces hold for one instance at most. A guest that goes over one traps with the limit's name.
 *
 * @param fieldCount          header fields in one {@code fields} resource
 * @param fieldBytes          bytes of all names and values in one {@code fields} resource
 * @param openStreams         input and output streams alive at once
 * @param openPollables       pollables alive at once
 * @param logLineBytes        bytes of one log line; the rest is cut and counted
 * @param randomBytesPerCall  bytes asked of {@code wasi:random} in one call
 * @param streamChunkBytes    bytes that one read, write or splice moves
 * @param earlyResponseBytes  bytes of a response body held back until the guest sets its response
 */
public record WasiLimits(
        int fieldCount,
        int fieldBytes,
        int openStreams,
        int openPollables,
        int logLineBytes,
        int randomBytesPerCall,
        int streamChunkBytes,
        int earlyResponseBytes) {
    private static final WasiLimits DEFAULTS =
            new WasiLimits(256, 64 << 10, 256, 1024, 16 << 10, 1 << 20, 64 << 10, 64 << 10);

    public WasiLimits {
        positive("fieldCount", fieldCount);
        positive("fieldBytes", fieldBytes);
        positive("openStreams", openStreams);
        positive("openPollables", openPollables);
        positive("logLineBytes", logLineBytes);
        positive("randomBytesPerCall", randomBytesPerCall);
        positive("streamChunkBytes", streamChunkBytes);
        positive("earlyResponseBytes", earlyResponseBytes);
    }

    public static WasiLimits defaults() {
        return DEFAULTS;
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The limit " + name + " must be at least 1 and is " + value + ".");
        }
    }
}

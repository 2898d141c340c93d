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
 * @param openFiles           files, folders and listings open at once
 * @param openSockets         sockets and name look-ups alive at once
 * @param outgoingRequests    HTTP requests of the guest's own under way at once
 * @param outputBytes         bytes written in one call to streams, files and sockets together
 */
public record WasiLimits(
        int fieldCount,
        int fieldBytes,
        int openStreams,
        int openPollables,
        int logLineBytes,
        int randomBytesPerCall,
        int streamChunkBytes,
        int earlyResponseBytes,
        int openFiles,
        int openSockets,
        int outgoingRequests,
        long outputBytes) {
    private static final WasiLimits DEFAULTS =
            new WasiLimits(256, 64 << 10, 256, 1024, 16 << 10, 1 << 20, 64 << 10, 64 << 10, 256, 64, 32, 1L << 40);

    public WasiLimits {
        positive("fieldCount", fieldCount);
        positive("fieldBytes", fieldBytes);
        positive("openStreams", openStreams);
        positive("openPollables", openPollables);
        positive("logLineBytes", logLineBytes);
        positive("randomBytesPerCall", randomBytesPerCall);
        positive("streamChunkBytes", streamChunkBytes);
        positive("earlyResponseBytes", earlyResponseBytes);
        positive("openFiles", openFiles);
        positive("openSockets", openSockets);
        positive("outgoingRequests", outgoingRequests);
        positive("outputBytes", outputBytes);
    }

    public static WasiLimits defaults() {
        return DEFAULTS;
    }

    public WasiLimits withOpenStreams(int count) {
        return with(count, openFiles, openSockets, outgoingRequests, outputBytes);
    }

    public WasiLimits withOpenFiles(int count) {
        return with(openStreams, count, openSockets, outgoingRequests, outputBytes);
    }

    public WasiLimits withOpenSockets(int count) {
        return with(openStreams, openFiles, count, outgoingRequests, outputBytes);
    }

    public WasiLimits withOutgoingRequests(int count) {
        return with(openStreams, openFiles, openSockets, count, outputBytes);
    }

    public WasiLimits withOutputBytes(long bytes) {
        return with(openStreams, openFiles, openSockets, outgoingRequests, bytes);
    }

    private WasiLimits with(int streams, int files, int sockets, int requests, long output) {
        return new WasiLimits(
                fieldCount,
                fieldBytes,
                streams,
                openPollables,
                logLineBytes,
                randomBytesPerCall,
                streamChunkBytes,
                earlyResponseBytes,
                files,
                sockets,
                requests,
                output);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("The limit " + name + " must be at least 1 and is " + value + ".");
        }
    }
}

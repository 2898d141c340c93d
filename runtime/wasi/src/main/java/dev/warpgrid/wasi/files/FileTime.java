package dev.warpgrid.wasi.files;

/** An instant as file systems keep it. */
public record FileTime(long seconds, int nanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    public FileTime {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new FileException(FileError.INVALID);
        }
    }

    public static FileTime ofNanos(long sinceEpoch) {
        return new FileTime(
                Math.floorDiv(sinceEpoch, NANOS_PER_SECOND), (int) Math.floorMod(sinceEpoch, NANOS_PER_SECOND));
    }

    /** Nanoseconds since 1970, as preview 1 tells time. */
    public long toNanos() {
        return seconds * NANOS_PER_SECOND + nanos;
    }
}

package dev.warpgrid.wasi.files;

/**
 * A folder that guests find open.
 *
 * @param guestPath its name to them, as {@code /data}
 */
public record Preopen(String guestPath, Volume volume) {
    public Preopen {
        if (guestPath.isEmpty() || guestPath.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A folder of a guest needs a path, as /data.");
        }
    }
}

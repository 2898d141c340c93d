package dev.warpgrid.wasi.files;

/**
 * What is known of a file without opening it.
 *
 * @param device identifies the file system
 * @param inode  identifies the file in it
 * @param links  names the file has
 * @param size   bytes
 */
public record FileStat(
        FileType type,
        long device,
        long inode,
        long links,
        long size,
        FileTime accessed,
        FileTime modified,
        FileTime changed) {
    public boolean directory() {
        return type == FileType.DIRECTORY;
    }

    boolean sameObject(FileStat other) {
        return device == other.device && inode == other.inode;
    }
}

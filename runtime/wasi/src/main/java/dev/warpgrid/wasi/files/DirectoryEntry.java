package dev.warpgrid.wasi.files;

/**
 * A name in a folder.
 *
 * @param next a cookie for the place after it, for {@link DirectoryReader#seek}
 */
public record DirectoryEntry(String name, FileType type, long inode, long next) {}

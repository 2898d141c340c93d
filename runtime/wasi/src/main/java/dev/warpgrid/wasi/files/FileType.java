package dev.warpgrid.wasi.files;

/** {@code wasi:filesystem/types.descriptor-type} in its order, each with its number in preview 1. */
public enum FileType {
    UNKNOWN(0),
    BLOCK_DEVICE(1),
    CHARACTER_DEVICE(2),
    DIRECTORY(3),
    FIFO(0),
    SYMBOLIC_LINK(7),
    REGULAR_FILE(4),
    SOCKET(6);

    private final int preview1;

    FileType(int preview1) {
        this.preview1 = preview1;
    }

    /** Its case in {@code wasi:filesystem/types.descriptor-type}. */
    @SuppressWarnings("EnumOrdinal") // The order is that of the specification.
    public int index() {
        return ordinal();
    }

    /** The {@code filetype} of {@code wasi_snapshot_preview1}. */
    public int preview1() {
        return preview1;
    }

    /** By the type bits of a mode (inode(7)). */
    static FileType ofMode(int mode) {
        return switch (mode & 0xf000) {
            case 0x1000 -> FIFO;
            case 0x2000 -> CHARACTER_DEVICE;
            case 0x4000 -> DIRECTORY;
            case 0x6000 -> BLOCK_DEVICE;
            case 0x8000 -> REGULAR_FILE;
            case 0xa000 -> SYMBOLIC_LINK;
            case 0xc000 -> SOCKET;
            default -> UNKNOWN;
        };
    }

    /** By the type of a directory entry (readdir(3)), which are the type bits of a mode. */
    static FileType ofEntry(int type) {
        return ofMode(type << 12);
    }
}

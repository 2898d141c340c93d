package dev.warpgrid.wasi.files;

/**
 * What a volume may hold. Files have their apparent size, holes counted; a file that is open keeps counting after its
 * last name is gone.
 *
 * @param bytes of all regular files
 * @param files files, folders and links together
 */
public record FileQuota(long bytes, long files) {
    private static final FileQuota UNLIMITED = new FileQuota(Long.MAX_VALUE, Long.MAX_VALUE);

    public FileQuota {
        if (bytes < 0 || files < 0) {
            throw new IllegalArgumentException("A quota cannot be negative: " + bytes + " bytes, " + files + " files.");
        }
    }

    public static FileQuota unlimited() {
        return UNLIMITED;
    }

    boolean limited() {
        return bytes != Long.MAX_VALUE || files != Long.MAX_VALUE;
    }
}

package dev.warpgrid.wasi.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the names in a folder, {@code .} and {@code ..} among them, a bounded part at a time. Names that are no UTF-8 are
 * left out: WASI could not tell them. Has to be closed.
 */
public final class DirectoryReader implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WINDOW_BYTES = 8 << 10;
    // struct linux_dirent64: inode, offset of the next, length, type, name (getdents64(2)).
    private static final int LENGTH_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;

    private final int descriptor;
    private final byte[] window = new byte[WINDOW_BYTES];
    private int at;
    private int filled;
    private long position;
    private boolean closed;

    DirectoryReader(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The next name; empty at the end. */
    public Optional<DirectoryEntry> next() {
        while (true) {
            if (at == filled) {
                filled = Posix.entries(descriptor, window);
                at = 0;
                if (filled == 0) {
                    return Optional.empty();
                }
            }
            int start = at;
            at += Short.toUnsignedInt((short) SHORT.get(window, start + LENGTH_AT));
            position = (long) LONG.get(window, start + Long.BYTES);
            String name = name(start + NAME_AT);
            if (name.indexOf('\ufffd') < 0) {
                long inode = (long) LONG.get(window, start);
                return Optional.of(
                        new DirectoryEntry(name, FileType.ofEntry(window[start + TYPE_AT]), inode, position));
            }
        }
    }

    private String name(int start) {
        int end = start;
        while (window[end] != 0) {
            end++;
        }
        return new String(window, start, end - start, StandardCharsets.UTF_8);
    }

    /** Goes to a place that {@link DirectoryEntry#next} named; 0 is the start. */
    public void seek(long cookie) {
        if (cookie != position || cookie == 0) {
            Posix.seek(descriptor, cookie);
            position = cookie;
            at = 0;
            filled = 0;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Posix.close(descriptor);
        }
    }
}

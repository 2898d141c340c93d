package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.files.FileException;
import dev.warpgrid.wasi.files.RegularFile;
import dev.warpgrid.wasi.p2.io.GuestInput;
import dev.warpgrid.wasi.p2.io.IoError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a file from a position on; the end is where the file ends at that moment. */
final class FileInput extends GuestInput {
    private static final byte[] NOTHING = {};

    private final SharedNode shared;
    private final RegularFile file;
    private long position;
    private long knownSize;
    private @Nullable IoError failure;

    FileInput(InstanceState state, SharedNode shared, RegularFile file, long position) {
        super(state, null);
        this.shared = shared.share();
        this.file = file;
        this.position = position;
    }

    @Override
    protected int available() {
        if (failure != null) {
            return -1;
        }
        if (position < 0) {
            return -1;
        }
        if (position >= knownSize) {
            try {
                knownSize = file.size();
            } catch (FileException e) {
                fail(e);
            }
        }
        long left = knownSize - position;
        return left <= 0 ? -1 : (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    protected byte[] take(int most) {
        byte[] bytes = new byte[most];
        try {
            int count = file.read(bytes, 0, most, position);
            position += count;
            // It became shorter than it was known to be.
            knownSize = count < most ? 0 : knownSize;
            return count == most ? bytes : Arrays.copyOf(bytes, count);
        } catch (FileException e) {
            fail(e);
            return NOTHING;
        }
    }

    private void fail(FileException e) {
        failure = new IoError("Reading the file failed: " + e.error() + ".", e.error());
    }

    @Override
    protected @Nullable IoError failure() {
        return failure;
    }

    @Override
    public void await(long nanos) {}

    @Override
    public boolean wake(@Nullable Runnable waker) {
        return true;
    }

    @Override
    protected void dropped(InstanceState state) {
        super.dropped(state);
        shared.release();
    }
}

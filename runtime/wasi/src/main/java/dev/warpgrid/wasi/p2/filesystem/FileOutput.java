package dev.warpgrid.wasi.p2.filesystem;

import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.files.FileError;
import dev.warpgrid.wasi.files.FileException;
import dev.warpgrid.wasi.files.RegularFile;
import dev.warpgrid.wasi.p2.io.GuestOutput;
import dev.warpgrid.wasi.p2.io.IoError;
import org.jspecify.annotations.Nullable;

/** Writes a file from a position on, or at its end. Each write is done when it returns. */
final class FileOutput extends GuestOutput {
    /** In place of a position: at the end. */
    static final long APPEND = -1;

    private final InstanceState state;
    private final SharedNode shared;
    private final RegularFile file;
    private long position;
    private @Nullable IoError failure;

    FileOutput(InstanceState state, SharedNode shared, RegularFile file, long position) {
        super(state, null);
        this.state = state;
        this.shared = shared.share();
        this.file = file;
        this.position = position;
    }

    @Override
    protected int credit() {
        return state.config().limits().streamChunkBytes();
    }

    @Override
    protected void accept(byte[] bytes) {
        try {
            int done = 0;
            while (done < bytes.length) {
                int count = position == APPEND
                        ? file.append(bytes, done, bytes.length - done)
                        : file.write(bytes, done, bytes.length - done, position);
                if (count == 0) {
                    throw new FileException(FileError.INSUFFICIENT_SPACE);
                }
                done += count;
                position += position == APPEND ? 0 : count;
            }
        } catch (FileException e) {
            failure = new IoError("Writing the file failed: " + e.error() + ".", e.error());
        }
    }

    @Override
    protected @Nullable IoError failure() {
        IoError told = failure;
        failure = null;
        return told;
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

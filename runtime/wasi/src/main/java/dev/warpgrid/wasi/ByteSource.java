package dev.warpgrid.wasi;

import org.jspecify.annotations.Nullable;

/** Bytes for a guest's standard input, from a bounded window. Called by the guest's thread only. */
public interface ByteSource extends Waiting {
    /** Bytes that can be read now; 0 when none has come yet, -1 at the end. */
    int available();

    /** Takes what is there, at most so many bytes; never waits. */
    byte[] read(int maxBytes);

    /** Waits until something can be read or the end is reached, or the time is over. */
    @Override
    void await(long nanos) throws InterruptedException;

    /** At its end from the first read on. */
    static ByteSource closed() {
        return Closed.INSTANCE;
    }

    /** The source without bytes. */
    enum Closed implements ByteSource {
        INSTANCE;

        private static final byte[] NOTHING = {};

        @Override
        public int available() {
            return -1;
        }

        @Override
        public byte[] read(int maxBytes) {
            return NOTHING;
        }

        @Override
        public void await(long nanos) {}

        @Override
        public boolean wake(@Nullable Runnable waker) {
            return true;
        }
    }
}

package dev.warpgrid.wasi.p1;

/** A function of {@code wasi_snapshot_preview1}. */
@FunctionalInterface
interface HostCall {
    /**
     * Answers a guest.
     *
     * @param in the arguments; addresses, lengths and descriptors are unsigned 32-bit numbers
     * @return an errno
     */
    int run(Preview1Instance guest, long[] in);
}

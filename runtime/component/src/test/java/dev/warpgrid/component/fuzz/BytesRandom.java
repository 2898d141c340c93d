package dev.warpgrid.component.fuzz;

import java.util.Random;

/** Chance taken from the bytes of a fuzzer, so that coverage steers it; zeros when they are used up. */
public final class BytesRandom extends Random {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private int at;

    public BytesRandom(byte[] bytes) {
        super(0);
        this.bytes = bytes.clone();
    }

    boolean exhausted() {
        return at >= bytes.length;
    }

    private int take() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    @Override
    protected int next(int bits) {
        int value = take() | take() << 8 | take() << 16 | take() << 24;
        return value >>> (32 - bits);
    }

    @Override
    public int nextInt(int bound) {
        return (bound <= 256 ? take() : next(31)) % bound;
    }

    @Override
    public boolean nextBoolean() {
        return (take() & 1) == 1;
    }
}

package dev.warpgrid.component.engine;

/**
 * A linear memory. Addresses are unsigned 32-bit numbers in a long; an access outside the memory throws a
 * {@link dev.warpgrid.component.TrapException} of kind {@code MEMORY_OUT_OF_BOUNDS} and changes nothing.
 */
public non-sealed interface CoreMemory extends CoreExtern {
    long byteSize();

    void read(long address, byte[] target, int offset, int length);

    void write(long address, byte[] source, int offset, int length);

    int readInt(long address);

    void writeInt(long address, int value);

    void writeLong(long address, long value);
}

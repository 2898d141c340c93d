package dev.warpgrid.engine.endive;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreMemory;
import run.endive.runtime.Memory;

/** A linear memory, which Endive keeps on the heap and addresses by int: it holds 2 GiB at most. */
final class EndiveMemory implements CoreMemory {
    private final EndiveExtern extern;
    private final Memory memory;

    EndiveMemory(EndiveExtern extern, Memory memory) {
        this.extern = extern;
        this.memory = memory;
    }

    EndiveExtern extern() {
        return extern;
    }

    @Override
    public long byteSize() {
        return (long) memory.pages() * Memory.PAGE_SIZE;
    }

    private int inside(long address, int length) {
        if (address < 0 || address + length > byteSize()) {
            throw new TrapException(
                    TrapException.Kind.MEMORY_OUT_OF_BOUNDS,
                    "An access to " + length + " bytes at 0x" + Long.toHexString(address)
                            + " lies outside the guest's memory.");
        }
        return (int) address;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        int at = inside(address, length);
        if (length > 0) {
            System.arraycopy(memory.readBytes(at, length), 0, target, offset, length);
        }
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        int at = inside(address, length);
        if (length > 0) {
            memory.write(at, source, offset, length);
        }
    }

    @Override
    public int readInt(long address) {
        return memory.readInt(inside(address, Integer.BYTES));
    }

    @Override
    public void writeInt(long address, int value) {
        memory.writeI32(inside(address, Integer.BYTES), value);
    }

    @Override
    public void writeLong(long address, long value) {
        memory.writeLong(inside(address, Long.BYTES), value);
    }
}

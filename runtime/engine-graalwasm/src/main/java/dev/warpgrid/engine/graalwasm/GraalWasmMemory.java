package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.graalvm.polyglot.Value;

/** A linear memory as a polyglot buffer. */
final class GraalWasmMemory implements CoreMemory, GraalWasmExtern {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Value memory;
    private final GraalWasmStore store;

    GraalWasmMemory(Value memory, GraalWasmStore store) {
        this.memory = memory;
        this.store = store;
    }

    @Override
    public Value value() {
        return memory;
    }

    GraalWasmStore store() {
        return store;
    }

    @Override
    public long byteSize() {
        return memory.getBufferSize();
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        requireInside(address, length);
        if (length > 0) {
            memory.readBuffer(address, target, offset, length);
        }
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        requireInside(address, length);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, address + at, (long) LONG.get(source, offset + at));
        }
        for (; at < length; at++) {
            memory.writeBufferByte(address + at, source[offset + at]);
        }
    }

    @Override
    public int readInt(long address) {
        requireInside(address, Integer.BYTES);
        return memory.readBufferInt(ByteOrder.LITTLE_ENDIAN, address);
    }

    @Override
    public void writeInt(long address, int value) {
        requireInside(address, Integer.BYTES);
        memory.writeBufferInt(ByteOrder.LITTLE_ENDIAN, address, value);
    }

    @Override
    public void writeLong(long address, long value) {
        requireInside(address, Long.BYTES);
        memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, address, value);
    }

    private void requireInside(long address, int length) {
        if (address < 0 || address + length > memory.getBufferSize()) {
            throw new TrapException(
                    TrapException.Kind.MEMORY_OUT_OF_BOUNDS,
                    "An access to " + length + " bytes at 0x" + Long.toHexString(address)
                            + " lies outside the guest's memory.");
        }
    }
}

package dev.warpgrid.engine.graalwasm;

import dev.warpgrid.component.TrapException;
import dev.warpgrid.component.engine.CoreMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A linear memory as a polyglot buffer. */
final class GraalWasmMemory implements CoreMemory, GraalWasmExtern {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Shorter writes are not worth a call of the bulk writer. */
    private static final int BULK_BYTES = 256;
    /** Written one by one before a bulk writer is made, since making it costs as much as writing these. */
    private static final int PATIENCE_BYTES = 8 * 1024;

    private final Value memory;
    private final GraalWasmStore store;
    private @Nullable BulkWriter bulkWriter;
    private int patience = PATIENCE_BYTES;

    GraalWasmMemory(Value memory, GraalWasmStore store) {
        this.memory = memory;
        this.store = store;
    }

    @Override
    public Value value() {
        return memory;
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
        BulkWriter bulk = length < BULK_BYTES ? null : bulk(length);
        if (bulk != null) {
            bulk.write(address, source, offset, length);
            at = length;
        }
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            memory.writeBufferLong(ByteOrder.LITTLE_ENDIAN, address + at, (long) LONG.get(source, offset + at));
        }
        for (; at < length; at++) {
            memory.writeBufferByte(address + at, source[offset + at]);
        }
    }

    private @Nullable BulkWriter bulk(int length) {
        if (bulkWriter == null) {
            patience -= length;
            if (patience < 0) {
                bulkWriter = store.bulkWriter(memory);
            }
        }
        return bulkWriter;
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

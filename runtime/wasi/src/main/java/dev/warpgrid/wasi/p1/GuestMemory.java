package dev.warpgrid.wasi.p1;

import dev.warpgrid.component.engine.CoreMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A module's memory as preview 1 looks at it: little endian, 32-bit addresses. */
final class GuestMemory {
    static final int SCRATCH_BYTES = 64 << 10;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_SCRATCH_BYTES = 4 << 10;
    private static final int LONGEST_TEXT_BYTES = 64 << 10;

    private final CoreMemory memory;
    private byte[] scratch = new byte[FIRST_SCRATCH_BYTES];

    GuestMemory(CoreMemory memory) {
        this.memory = memory;
    }

    long byteSize() {
        return memory.byteSize();
    }

    /** Room for so many bytes, used again by the next call. */
    byte[] scratch(int bytes) {
        if (scratch.length < bytes) {
            scratch = new byte[bytes <= 16 << 10 ? 16 << 10 : SCRATCH_BYTES];
        }
        return scratch;
    }

    void read(long address, byte[] target, int offset, int length) {
        memory.read(address, target, offset, length);
    }

    void write(long address, byte[] source, int offset, int length) {
        memory.write(address, source, offset, length);
    }

    byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        memory.read(address, bytes, 0, length);
        return bytes;
    }

    String text(long address, long length) {
        if (length > LONGEST_TEXT_BYTES) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        byte[] bytes = bytes(address, (int) length);
        for (byte each : bytes) {
            if (each < 0) {
                return strictText(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String strictText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ErrnoException(Errno.ILSEQ);
        }
    }

    int readInt(long address) {
        return memory.readInt(address);
    }

    void putInt(long address, int value) {
        memory.writeInt(address, value);
    }

    void putLong(long address, long value) {
        memory.writeLong(address, value);
    }

    static int intAt(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static long longAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putInt(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    static void putLong(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}

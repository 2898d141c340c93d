package dev.warpgrid.component.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian access to a block that was, or will be, linear memory. */
final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static short getShort(byte[] block, int at) {
        return (short) SHORT.get(block, at);
    }

    static int getInt(byte[] block, int at) {
        return (int) INT.get(block, at);
    }

    static long getLong(byte[] block, int at) {
        return (long) LONG.get(block, at);
    }

    static void putShort(byte[] block, int at, int value) {
        SHORT.set(block, at, (short) value);
    }

    static void putInt(byte[] block, int at, int value) {
        INT.set(block, at, value);
    }

    static void putLong(byte[] block, int at, long value) {
        LONG.set(block, at, value);
    }

    /** Reads an unsigned number of 1, 2 or 4 bytes. */
    static int getUnsigned(byte[] block, int at, int size) {
        return switch (size) {
            case 1 -> block[at] & 0xff;
            case 2 -> getShort(block, at) & 0xffff;
            default -> getInt(block, at);
        };
    }

    static void putUnsigned(byte[] block, int at, int size, int value) {
        switch (size) {
            case 1 -> block[at] = (byte) value;
            case 2 -> putShort(block, at, value);
            default -> putInt(block, at, value);
        }
    }
}

package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import java.util.Arrays;
import java.util.List;

/** Strings and lists: a pointer and a length, and what they point at. */
abstract class PointerCodec extends Codec {
    /** CanonicalABI.md, MAX_LIST_BYTE_LENGTH and MAX_STRING_BYTE_LENGTH. */
    static final int MAX_BYTES = (1 << 28) - 1;

    private PointerCodec(ValueType type) {
        super(type, List.of(CoreValueType.I32, CoreValueType.I32));
    }

    static Codec string(ValueType type) {
        return new StringCodec(type);
    }

    static Codec bytes(ValueType type) {
        return new BytesCodec(type);
    }

    static Codec list(ValueType type, Codec element) {
        return new ListCodec(type, element);
    }

    abstract Object loadRange(CallContext context, int pointer, int length);

    /** Puts a value into the guest's memory; answers its length above its pointer. */
    abstract long storeRange(CallContext context, Object value);

    static long range(int pointer, int length) {
        return (long) length << 32 | unsigned(pointer);
    }

    @Override
    final Object load(CallContext context, byte[] block, int at) {
        return loadRange(context, Bytes.getInt(block, at), Bytes.getInt(block, at + 4));
    }

    @Override
    final void store(CallContext context, Object value, byte[] block, int at) {
        Bytes.putLong(block, at, storeRange(context, value));
    }

    @Override
    final Object lift(CallContext context, long[] values, int at) {
        return loadRange(context, (int) values[at], (int) values[at + 1]);
    }

    @Override
    final void lower(CallContext context, Object value, long[] values, int at) {
        long range = storeRange(context, value);
        values[at] = unsigned((int) range);
        values[at + 1] = range >>> 32;
    }

    private static final class StringCodec extends PointerCodec {
        StringCodec(ValueType type) {
            super(type);
        }

        @Override
        Object loadRange(CallContext context, int pointer, int length) {
            return Strings.load(context, pointer, length);
        }

        @Override
        long storeRange(CallContext context, Object value) {
            if (value instanceof String text) {
                return Strings.store(context, text);
            }
            throw Traps.hostValue("string", value);
        }
    }

    private static final class BytesCodec extends PointerCodec {
        BytesCodec(ValueType type) {
            super(type);
        }

        @Override
        Object loadRange(CallContext context, int pointer, int length) {
            requireLength(length, 1);
            context.charge(length);
            context.requireInside(pointer, length);
            return context.read(pointer, length, 1);
        }

        @Override
        long storeRange(CallContext context, Object value) {
            if (value instanceof byte[] bytes) {
                requireLength(bytes.length, 1);
                int pointer = context.allocate(1, bytes.length);
                context.write(pointer, bytes);
                return range(pointer, bytes.length);
            }
            throw Traps.hostValue("list<u8>", value);
        }
    }

    private static final class ListCodec extends PointerCodec {
        private static final int ELEMENT_BYTES = 32;

        private final Codec element;

        ListCodec(ValueType type, Codec element) {
            super(type);
            this.element = element;
        }

        @Override
        Object loadRange(CallContext context, int pointer, int length) {
            requireLength(length, element.size);
            int bytes = length * element.size;
            context.charge(bytes + (long) ELEMENT_BYTES * length);
            context.requireInside(pointer, bytes);
            byte[] block = context.read(pointer, bytes, element.alignment);
            Object[] values = new Object[length];
            for (int i = 0; i < length; i++) {
                values[i] = element.load(context, block, i * element.size);
            }
            return Arrays.asList(values);
        }

        @Override
        long storeRange(CallContext context, Object value) {
            if (!(value instanceof List<?> list)) {
                throw Traps.hostValue("a list", value);
            }
            int length = list.size();
            requireLength(length, element.size);
            byte[] block = new byte[length * element.size];
            int pointer = context.allocate(element.alignment, block.length);
            int at = 0;
            for (Object each : list) {
                element.store(context, each, block, at);
                at += element.size;
            }
            context.write(pointer, block);
            return range(pointer, length);
        }
    }

    private static void requireLength(int length, int elementSize) {
        if (length < 0 || (long) length * elementSize > MAX_BYTES) {
            throw Traps.abi("A list of " + Integer.toUnsignedString(length) + " elements is longer than " + MAX_BYTES
                    + " bytes.");
        }
    }
}

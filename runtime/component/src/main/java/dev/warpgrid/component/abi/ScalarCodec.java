package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.List;

/** Numbers, bool, char and flags: one core value each. */
abstract class ScalarCodec extends Codec {
    private ScalarCodec(ValueType type, CoreValueType flat) {
        super(type, List.of(flat));
    }

    static Codec of(ValueType type) {
        return switch (type.kind()) {
            case S64, U64 -> new LongCodec(type);
            case F32 -> new FloatCodec(type);
            case F64 -> new DoubleCodec(type);
            case BOOL -> new BoolCodec(type);
            default -> new IntCodec(type);
        };
    }

    /** Everything that is an Integer in Java: the narrow forms are cut to their width, flags to their labels. */
    private static final class IntCodec extends ScalarCodec {
        private final Kind kind;
        private final int flagMask;

        IntCodec(ValueType type) {
            super(type, CoreValueType.I32);
            this.kind = type.kind();
            int labels = type.labels().size();
            this.flagMask = labels >= 32 ? -1 : (1 << labels) - 1;
        }

        private int narrow(int bits) {
            return switch (kind) {
                case S8 -> (byte) bits;
                case U8 -> bits & 0xff;
                case S16 -> (short) bits;
                case U16 -> bits & 0xffff;
                case FLAGS -> bits & flagMask;
                case CHAR -> codePoint(bits);
                default -> bits;
            };
        }

        private static int codePoint(int bits) {
            if (bits < 0 || bits > Character.MAX_CODE_POINT || (bits >= 0xd800 && bits <= 0xdfff)) {
                throw Traps.abi("The guest gave 0x" + Integer.toHexString(bits) + " as a char, which is none.");
            }
            return bits;
        }

        private int bits(Object value) {
            if (value instanceof Integer number) {
                return kind == Kind.CHAR ? codePoint(number) : number;
            }
            throw Traps.hostValue(kind.name().toLowerCase(java.util.Locale.ROOT), value);
        }

        @Override
        Object load(CallContext context, byte[] block, int at) {
            return narrow(Bytes.getUnsigned(block, at, size));
        }

        @Override
        void store(CallContext context, Object value, byte[] block, int at) {
            Bytes.putUnsigned(block, at, size, bits(value));
        }

        @Override
        Object lift(CallContext context, long[] values, int at) {
            return narrow((int) values[at]);
        }

        @Override
        void lower(CallContext context, Object value, long[] values, int at) {
            values[at] = unsigned(narrow(bits(value)));
        }
    }

    private static final class LongCodec extends ScalarCodec {
        LongCodec(ValueType type) {
            super(type, CoreValueType.I64);
        }

        private static long bits(Object value) {
            if (value instanceof Long number) {
                return number;
            }
            throw Traps.hostValue("a 64-bit integer", value);
        }

        @Override
        Object load(CallContext context, byte[] block, int at) {
            return Bytes.getLong(block, at);
        }

        @Override
        void store(CallContext context, Object value, byte[] block, int at) {
            Bytes.putLong(block, at, bits(value));
        }

        @Override
        Object lift(CallContext context, long[] values, int at) {
            return values[at];
        }

        @Override
        void lower(CallContext context, Object value, long[] values, int at) {
            values[at] = bits(value);
        }
    }

    private static final class FloatCodec extends ScalarCodec {
        FloatCodec(ValueType type) {
            super(type, CoreValueType.F32);
        }

        private static int bits(Object value) {
            if (value instanceof Float number) {
                return Float.floatToIntBits(number);
            }
            throw Traps.hostValue("f32", value);
        }

        @Override
        Object load(CallContext context, byte[] block, int at) {
            return Float.intBitsToFloat(Bytes.getInt(block, at));
        }

        @Override
        void store(CallContext context, Object value, byte[] block, int at) {
            Bytes.putInt(block, at, bits(value));
        }

        @Override
        Object lift(CallContext context, long[] values, int at) {
            return Float.intBitsToFloat((int) values[at]);
        }

        @Override
        void lower(CallContext context, Object value, long[] values, int at) {
            values[at] = unsigned(bits(value));
        }
    }

    private static final class DoubleCodec extends ScalarCodec {
        DoubleCodec(ValueType type) {
            super(type, CoreValueType.F64);
        }

        private static long bits(Object value) {
            if (value instanceof Double number) {
                return Double.doubleToLongBits(number);
            }
            throw Traps.hostValue("f64", value);
        }

        @Override
        Object load(CallContext context, byte[] block, int at) {
            return Double.longBitsToDouble(Bytes.getLong(block, at));
        }

        @Override
        void store(CallContext context, Object value, byte[] block, int at) {
            Bytes.putLong(block, at, bits(value));
        }

        @Override
        Object lift(CallContext context, long[] values, int at) {
            return Double.longBitsToDouble(values[at]);
        }

        @Override
        void lower(CallContext context, Object value, long[] values, int at) {
            values[at] = bits(value);
        }
    }

    private static final class BoolCodec extends ScalarCodec {
        BoolCodec(ValueType type) {
            super(type, CoreValueType.I32);
        }

        private static int bits(Object value) {
            if (value instanceof Boolean truth) {
                return truth ? 1 : 0;
            }
            throw Traps.hostValue("bool", value);
        }

        @Override
        Object load(CallContext context, byte[] block, int at) {
            return block[at] != 0;
        }

        @Override
        void store(CallContext context, Object value, byte[] block, int at) {
            block[at] = (byte) bits(value);
        }

        @Override
        Object lift(CallContext context, long[] values, int at) {
            return (int) values[at] != 0;
        }

        @Override
        void lower(CallContext context, Object value, long[] values, int at) {
            values[at] = bits(value);
        }
    }
}

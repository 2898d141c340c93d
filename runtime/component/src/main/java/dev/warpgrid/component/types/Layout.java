package dev.warpgrid.component.types;

/** Sizes of value types in linear memory and as core values. Sums saturate, so that a hostile type cannot overflow. */
final class Layout {
    private static final long CEILING = 1L << 40;

    private Layout() {}

    static long align(long offset, int alignment) {
        return offset + alignment - 1 & -alignment;
    }

    static int alignment(ValueType type, boolean wide) {
        return switch (type.kind()) {
            case BOOL, S8, U8 -> 1;
            case S16, U16 -> 2;
            case S32, U32, F32, CHAR, ERROR_CONTEXT, OWN, BORROW, STREAM, FUTURE -> 4;
            case STRING, LIST, MAP -> wide ? 8 : 4;
            case S64, U64, F64 -> 8;
            case RECORD, TUPLE, FIXED_LIST -> payloadAlignment(type, wide);
            case VARIANT, ENUM, OPTION, RESULT -> Math.max(type.discriminantSize(), payloadAlignment(type, wide));
            case FLAGS -> flagsSize(type);
        };
    }

    static int payloadAlignment(ValueType type, boolean wide) {
        int widest = 1;
        for (ValueType child : type.children()) {
            widest = child == null ? widest : Math.max(widest, child.alignment(wide));
        }
        return widest;
    }

    private static int flagsSize(ValueType type) {
        int flags = type.labels().size();
        return flags <= 8 ? 1 : flags <= 16 ? 2 : 4;
    }

    static long size(ValueType type, boolean wide) {
        return switch (type.kind()) {
            case BOOL, S8, U8 -> 1;
            case S16, U16 -> 2;
            case S32, U32, F32, CHAR, ERROR_CONTEXT, OWN, BORROW, STREAM, FUTURE -> 4;
            case S64, U64, F64 -> 8;
            case STRING, LIST, MAP -> wide ? 16 : 8;
            case RECORD, TUPLE -> fieldsSize(type, wide);
            case FIXED_LIST -> Math.min(CEILING, type.child(0).size(wide) * type.length());
            case VARIANT, ENUM, OPTION, RESULT -> variantSize(type, wide);
            case FLAGS -> flagsSize(type);
        };
    }

    private static long fieldsSize(ValueType type, boolean wide) {
        long size = 0;
        for (int i = 0; i < type.children().size(); i++) {
            ValueType field = type.child(i);
            size = Math.min(CEILING, align(size, field.alignment(wide)) + field.size(wide));
        }
        return align(size, type.alignment(wide));
    }

    private static long variantSize(ValueType type, boolean wide) {
        long payload = 0;
        for (ValueType child : type.children()) {
            payload = child == null ? payload : Math.max(payload, child.size(wide));
        }
        long begin = align(type.discriminantSize(), payloadAlignment(type, wide));
        return align(begin + payload, type.alignment(wide));
    }

    static long flatCount(ValueType type) {
        return switch (type.kind()) {
            case STRING, LIST, MAP -> 2;
            case RECORD, TUPLE -> {
                long sum = 0;
                for (int i = 0; i < type.children().size(); i++) {
                    sum = Math.min(CEILING, sum + type.child(i).flatCount());
                }
                yield sum;
            }
            case FIXED_LIST -> Math.min(CEILING, (long) type.child(0).flatCount() * type.length());
            case VARIANT, OPTION, RESULT -> {
                long most = 0;
                for (ValueType child : type.children()) {
                    most = child == null ? most : Math.max(most, child.flatCount());
                }
                yield 1 + most;
            }
            default -> 1;
        };
    }
}

package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import java.util.List;

/**
 * How values of one type pass: between Java and a block of bytes that lies in linear memory, or core values ("flat").
 * Immutable, made once for each type. Flat values are raw bits, an i32 zero-extended, so that the joined slots of
 * variants need no conversion.
 */
abstract class Codec {
    /** Flat forms longer than this are passed in memory, so that their types are never asked for. */
    static final int MAX_FLAT_PARAMETERS = 16;

    final int size;
    final int alignment;
    final int flatCount;
    private final List<CoreValueType> flat;

    Codec(ValueType type, List<CoreValueType> flat) {
        this.size = (int) Math.min(Integer.MAX_VALUE, type.size());
        this.alignment = type.alignment();
        this.flatCount = type.flatCount();
        this.flat = flat;
    }

    /** The types of the flat form; empty when it is too long to be used. */
    final List<CoreValueType> flat() {
        return flat;
    }

    abstract Object load(CallContext context, byte[] block, int at);

    abstract void store(CallContext context, Object value, byte[] block, int at);

    abstract Object lift(CallContext context, long[] values, int at);

    abstract void lower(CallContext context, Object value, long[] values, int at);

    static long unsigned(int value) {
        return value & 0xffff_ffffL;
    }
}

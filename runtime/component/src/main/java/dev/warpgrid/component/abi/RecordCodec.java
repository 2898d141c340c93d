package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Records and tuples: fields one after the other. */
final class RecordCodec extends Codec {
    private static final int FIELD_BYTES = 24;
    private static final int OBJECT_BYTES = 24;

    private final Codec[] fields;
    private final int[] offsets;
    private final int[] flatOffsets;

    RecordCodec(ValueType type, Codec[] fields) {
        super(type, flat(type, fields));
        this.fields = fields;
        this.offsets = new int[fields.length];
        this.flatOffsets = new int[fields.length];
        int offset = 0;
        int flatOffset = 0;
        for (int i = 0; i < fields.length; i++) {
            offset = offset + fields[i].alignment - 1 & -fields[i].alignment;
            offsets[i] = offset;
            flatOffsets[i] = flatOffset;
            offset += fields[i].size;
            flatOffset += fields[i].flatCount;
        }
    }

    private static List<CoreValueType> flat(ValueType type, Codec[] fields) {
        List<CoreValueType> flat = new ArrayList<>();
        if (type.flatCount() <= MAX_FLAT_PARAMETERS) {
            for (Codec field : fields) {
                flat.addAll(field.flat());
            }
        }
        return List.copyOf(flat);
    }

    private Object[] fields(Object value) {
        if (value instanceof Object[] given && given.length == fields.length) {
            return given;
        }
        throw Traps.hostValue("a record or tuple of " + fields.length + " values", value);
    }

    @Override
    Object load(CallContext context, byte[] block, int at) {
        return loadFields(context, block, at);
    }

    Object[] loadFields(CallContext context, byte[] block, int at) {
        context.charge(OBJECT_BYTES + (long) FIELD_BYTES * fields.length);
        Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields[i].load(context, block, at + offsets[i]);
        }
        return values;
    }

    @Override
    void store(CallContext context, Object value, byte[] block, int at) {
        storeFields(context, fields(value), block, at);
    }

    void storeFields(CallContext context, Object[] given, byte[] block, int at) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].store(context, given[i], block, at + offsets[i]);
        }
    }

    @Override
    Object lift(CallContext context, long[] values, int at) {
        return liftFields(context, values, at);
    }

    Object[] liftFields(CallContext context, long[] values, int at) {
        Object[] lifted = new Object[fields.length];
        for (int i = 0; i < lifted.length; i++) {
            lifted[i] = fields[i].lift(context, values, at + flatOffsets[i]);
        }
        return lifted;
    }

    @Override
    void lower(CallContext context, Object value, long[] values, int at) {
        lowerFields(context, fields(value), values, at);
    }

    void lowerFields(CallContext context, Object[] given, long[] values, int at) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].lower(context, given[i], values, at + flatOffsets[i]);
        }
    }
}

package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists of fixed length: elements one after the other, in place. */
final class FixedListCodec extends Codec {
    private static final int ELEMENT_BYTES = 32;

    private final Codec element;
    private final int length;

    FixedListCodec(ValueType type, Codec element) {
        super(type, flat(type, element));
        this.element = element;
        this.length = type.length();
    }

    private static List<CoreValueType> flat(ValueType type, Codec element) {
        List<CoreValueType> flat = new ArrayList<>();
        if (type.flatCount() <= MAX_FLAT_PARAMETERS) {
            for (int i = 0; i < type.length(); i++) {
                flat.addAll(element.flat());
            }
        }
        return List.copyOf(flat);
    }

    private List<?> elements(Object value) {
        if (value instanceof List<?> given && given.size() == length) {
            return given;
        }
        throw Traps.hostValue("a list of " + length + " values", value);
    }

    @Override
    Object load(CallContext context, byte[] block, int at) {
        context.charge((long) ELEMENT_BYTES * length);
        Object[] values = new Object[length];
        for (int i = 0; i < length; i++) {
            values[i] = element.load(context, block, at + i * element.size);
        }
        return Arrays.asList(values);
    }

    @Override
    void store(CallContext context, Object value, byte[] block, int at) {
        int offset = at;
        for (Object each : elements(value)) {
            element.store(context, each, block, offset);
            offset += element.size;
        }
    }

    @Override
    Object lift(CallContext context, long[] values, int at) {
        Object[] lifted = new Object[length];
        for (int i = 0; i < length; i++) {
            lifted[i] = element.lift(context, values, at + i * element.flatCount);
        }
        return Arrays.asList(lifted);
    }

    @Override
    void lower(CallContext context, Object value, long[] values, int at) {
        int offset = at;
        for (Object each : elements(value)) {
            element.lower(context, each, values, offset);
            offset += element.flatCount;
        }
    }
}

package dev.warpgrid.component.abi;

import dev.warpgrid.component.Variant;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variants, enums, options and results: a discriminant and the payload of its case. */
final class VariantCodec extends Codec {
    private static final int OBJECT_BYTES = 24;

    private final @Nullable Codec[] cases;
    private final int discriminantSize;
    private final int payloadOffset;

    VariantCodec(ValueType type, @Nullable Codec[] cases) {
        super(type, flat(type, cases));
        this.cases = cases;
        this.discriminantSize = type.discriminantSize();
        this.payloadOffset = type.payloadOffset();
    }

    private static List<CoreValueType> flat(ValueType type, @Nullable Codec[] cases) {
        List<CoreValueType> flat = new ArrayList<>();
        if (type.flatCount() > MAX_FLAT_PARAMETERS) {
            return flat;
        }
        flat.add(CoreValueType.I32);
        for (Codec each : cases) {
            List<CoreValueType> payload = each == null ? List.of() : each.flat();
            for (int i = 0; i < payload.size(); i++) {
                if (i + 1 < flat.size()) {
                    flat.set(i + 1, join(flat.get(i + 1), payload.get(i)));
                } else {
                    flat.add(payload.get(i));
                }
            }
        }
        return List.copyOf(flat);
    }

    private static CoreValueType join(CoreValueType one, CoreValueType other) {
        if (one == other) {
            return one;
        }
        boolean narrow = narrow(one) && narrow(other);
        return narrow ? CoreValueType.I32 : CoreValueType.I64;
    }

    private static boolean narrow(CoreValueType type) {
        return type == CoreValueType.I32 || type == CoreValueType.F32;
    }

    private @Nullable Codec payload(int index) {
        if (index < 0 || index >= cases.length) {
            throw Traps.abi("The guest gave case " + Integer.toUnsignedString(index) + " of a variant that has "
                    + cases.length + ".");
        }
        return cases[index];
    }

    private Variant variant(Object value) {
        if (!(value instanceof Variant variant) || variant.index() >= cases.length) {
            throw Traps.hostValue("a Variant of " + cases.length + " cases", value);
        }
        if ((cases[variant.index()] == null) != (variant.value() == null)) {
            throw Traps.hostValue("case " + variant.index() + " with its payload, if it has one", value);
        }
        return variant;
    }

    @Override
    Object load(CallContext context, byte[] block, int at) {
        int index = Bytes.getUnsigned(block, at, discriminantSize);
        Codec payload = payload(index);
        if (payload == null) {
            return Variant.of(index);
        }
        context.charge(OBJECT_BYTES);
        return new Variant(index, payload.load(context, block, at + payloadOffset));
    }

    @Override
    void store(CallContext context, Object value, byte[] block, int at) {
        Variant variant = variant(value);
        Bytes.putUnsigned(block, at, discriminantSize, variant.index());
        Codec payload = cases[variant.index()];
        Object carried = variant.value();
        if (payload != null && carried != null) {
            payload.store(context, carried, block, at + payloadOffset);
        }
    }

    @Override
    Object lift(CallContext context, long[] values, int at) {
        int index = (int) values[at];
        Codec payload = payload(index);
        return payload == null ? Variant.of(index) : new Variant(index, payload.lift(context, values, at + 1));
    }

    @Override
    void lower(CallContext context, Object value, long[] values, int at) {
        Variant variant = variant(value);
        values[at] = variant.index();
        Codec payload = cases[variant.index()];
        Object carried = variant.value();
        if (payload != null && carried != null) {
            payload.lower(context, carried, values, at + 1);
        }
    }
}

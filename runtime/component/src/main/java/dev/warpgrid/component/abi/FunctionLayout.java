package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreSignature;
import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the parameters and the result of a function type pass as core values (CanonicalABI.md, "Flattening"). */
public final class FunctionLayout {
    private static final int MAX_FLAT_RESULTS = 1;

    private final RecordCodec parameters;
    private final @Nullable Codec result;
    private final int parameterCount;
    private final boolean parametersInMemory;
    private final boolean resultInMemory;
    private final CoreSignature lifted;
    private final CoreSignature lowered;
    private final boolean pointers;
    private final boolean parameterPointers;
    private final boolean resultPointers;

    FunctionLayout(FunctionType type, CodecTable codecs) {
        this.parameters = codecs.tuple(type.parameters());
        ValueType resultType = type.result();
        this.result = resultType == null ? null : codecs.codec(resultType);
        this.parameterCount = type.parameters().size();
        this.parametersInMemory = parameters.flatCount > Codec.MAX_FLAT_PARAMETERS;
        this.resultInMemory = result != null && result.flatCount > MAX_FLAT_RESULTS;
        List<CoreValueType> in = parametersInMemory ? List.of(CoreValueType.I32) : parameters.flat();
        List<CoreValueType> out =
                result == null ? List.of() : resultInMemory ? List.of(CoreValueType.I32) : result.flat();
        this.lifted = new CoreSignature(in, out);
        this.lowered = resultInMemory ? new CoreSignature(plusPointer(in), List.of()) : lifted;
        this.parameterPointers = type.parameters().stream().anyMatch(FunctionLayout::pointers);
        this.resultPointers = resultType != null && pointers(resultType);
        this.pointers = parameterPointers || resultPointers || parametersInMemory || resultInMemory;
    }

    private static List<CoreValueType> plusPointer(List<CoreValueType> types) {
        List<CoreValueType> all = new ArrayList<>(types);
        all.add(CoreValueType.I32);
        return all;
    }

    private static boolean pointers(ValueType type) {
        return switch (type.kind()) {
            case STRING, LIST, MAP -> true;
            default -> type.children().stream().anyMatch(child -> child != null && pointers(child));
        };
    }

    /** The signature of a core function that is lifted to this type. */
    public CoreSignature lifted() {
        return lifted;
    }

    /** The signature of the core function that lowering makes. */
    public CoreSignature lowered() {
        return lowered;
    }

    /** Whether anything passes through memory. */
    public boolean needsMemory() {
        return pointers;
    }

    /** Whether a lift must allocate in the guest for the parameters. */
    public boolean liftNeedsRealloc() {
        return parameterPointers || parametersInMemory;
    }

    /** Whether a lower must allocate in the guest for the result. */
    public boolean lowerNeedsRealloc() {
        return resultPointers;
    }

    public int parameterCount() {
        return parameterCount;
    }

    /** For a lift: the arguments as core values. */
    long[] lowerParameters(CallContext context, Object[] arguments) {
        if (!parametersInMemory) {
            long[] values = new long[parameters.flatCount];
            parameters.lowerFields(context, arguments, values, 0);
            return values;
        }
        int pointer = context.allocate(parameters.alignment, parameters.size);
        byte[] block = new byte[parameters.size];
        parameters.storeFields(context, arguments, block, 0);
        context.write(pointer, block);
        return new long[] {Codec.unsigned(pointer)};
    }

    /** For a lift: the result from the core result. */
    @Nullable
    Object liftResult(CallContext context, long value) {
        if (result == null) {
            return null;
        }
        if (!resultInMemory) {
            return result.lift(context, new long[] {value}, 0);
        }
        context.requireInside((int) value, result.size);
        return result.load(context, context.read((int) value, result.size, result.alignment), 0);
    }

    /** For a lower: the arguments from core values. */
    Object[] liftParameters(CallContext context, long[] values) {
        if (!parametersInMemory) {
            return parameters.liftFields(context, values, 0);
        }
        int pointer = (int) values[0];
        context.requireInside(pointer, parameters.size);
        byte[] block = context.read(pointer, parameters.size, parameters.alignment);
        return parameters.loadFields(context, block, 0);
    }

    /** For a lower: the core result, or what the last argument points at. */
    long lowerResult(CallContext context, @Nullable Object value, long[] arguments) {
        if (result == null) {
            return 0;
        }
        if (value == null) {
            throw Traps.hostValue("a result", "null");
        }
        if (!resultInMemory) {
            long[] flat = new long[1];
            result.lower(context, value, flat, 0);
            return flat[0];
        }
        int pointer = (int) arguments[arguments.length - 1];
        context.requireAligned(pointer, result.alignment);
        context.requireInside(pointer, result.size);
        byte[] block = new byte[result.size];
        result.store(context, value, block, 0);
        context.write(pointer, block);
        return 0;
    }
}

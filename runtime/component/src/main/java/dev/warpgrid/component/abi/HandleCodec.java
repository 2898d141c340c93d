package dev.warpgrid.component.abi;

import dev.warpgrid.component.engine.CoreValueType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.List;

/** Owned and borrowed resources: an index of the component's handle table. */
final class HandleCodec extends Codec {
    private final ResourceType resource;
    private final boolean own;

    HandleCodec(ValueType type) {
        super(type, List.of(CoreValueType.I32));
        this.resource = type.resource();
        this.own = type.kind() == Kind.OWN;
    }

    private Object lift(CallContext context, int index) {
        return own ? context.liftOwn(resource, index) : context.liftBorrow(resource, index);
    }

    private int lower(CallContext context, Object value) {
        return own ? context.lowerOwn(resource, value) : context.lowerBorrow(resource, value);
    }

    @Override
    Object load(CallContext context, byte[] block, int at) {
        return lift(context, Bytes.getInt(block, at));
    }

    @Override
    void store(CallContext context, Object value, byte[] block, int at) {
        Bytes.putInt(block, at, lower(context, value));
    }

    @Override
    Object lift(CallContext context, long[] values, int at) {
        return lift(context, (int) values[at]);
    }

    @Override
    void lower(CallContext context, Object value, long[] values, int at) {
        values[at] = unsigned(lower(context, value));
    }
}

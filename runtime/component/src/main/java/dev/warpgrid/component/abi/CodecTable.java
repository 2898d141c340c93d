package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes codecs and function layouts, each once for its type. Not thread-safe. */
public final class CodecTable {
    private final TypeTable types;
    private final Map<ValueType, Codec> codecs = new HashMap<>();
    private final Map<FunctionType, FunctionLayout> layouts = new HashMap<>();

    public CodecTable(TypeTable types) {
        this.types = types;
    }

    /** The layout of a function type that holds no type of the async extension. */
    public FunctionLayout layout(FunctionType type) {
        FunctionLayout found = layouts.get(type);
        if (found == null) {
            found = new FunctionLayout(type, this);
            layouts.put(type, found);
        }
        return found;
    }

    RecordCodec tuple(List<ValueType> elements) {
        ValueType type = types.composite(Kind.TUPLE, List.of(), Collections.unmodifiableList(elements));
        return new RecordCodec(type, children(type));
    }

    Codec codec(ValueType type) {
        Codec found = codecs.get(type);
        if (found == null) {
            found = make(type);
            codecs.put(type, found);
        }
        return found;
    }

    private Codec make(ValueType type) {
        return switch (type.kind()) {
            case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, F32, F64, CHAR, FLAGS -> ScalarCodec.of(type);
            case STRING -> PointerCodec.string(type);
            case RECORD, TUPLE -> new RecordCodec(type, children(type));
            case VARIANT, OPTION, RESULT -> new VariantCodec(type, cases(type));
            case ENUM -> new VariantCodec(type, new Codec[type.labels().size()]);
            case LIST ->
                type.child(0).kind() == Kind.U8
                        ? PointerCodec.bytes(type)
                        : PointerCodec.list(type, codec(type.child(0)));
            case FIXED_LIST -> new FixedListCodec(type, codec(type.child(0)));
            case MAP -> PointerCodec.list(type, tuple(List.of(type.child(0), type.child(1))));
            case OWN, BORROW -> new HandleCodec(type);
            case ERROR_CONTEXT, STREAM, FUTURE ->
                throw new IllegalStateException("The type " + type.unsupported() + " has no codec.");
        };
    }

    private Codec[] children(ValueType type) {
        Codec[] children = new Codec[type.children().size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = codec(type.child(i));
        }
        return children;
    }

    private @Nullable Codec[] cases(ValueType type) {
        @Nullable Codec[] cases = new Codec[type.children().size()];
        for (int i = 0; i < cases.length; i++) {
            ValueType payload = type.children().get(i);
            cases[i] = payload == null ? null : codec(payload);
        }
        return cases;
    }
}

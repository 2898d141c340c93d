package dev.warpgrid.component.types;

import dev.warpgrid.component.types.ValueType.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes value types, each once. Not thread-safe. */
public final class TypeTable {
    private final Map<Key, ValueType> types = new HashMap<>();

    private record Key(
            Kind kind,
            List<String> labels,
            List<@Nullable ValueType> children,
            int length,
            @Nullable ResourceType resource) {}

    public ValueType scalar(Kind kind) {
        return intern(kind, List.of(), List.of(), 0, null);
    }

    /** A type of labelled or numbered children: record, tuple, variant, option, result, list, map, stream, future. */
    public ValueType composite(Kind kind, List<String> labels, List<@Nullable ValueType> children) {
        return intern(kind, labels, children, 0, null);
    }

    public ValueType composite(Kind kind, @Nullable ValueType... children) {
        return intern(kind, List.of(), Arrays.asList(children), 0, null);
    }

    /** An enum or flags type. */
    public ValueType labelled(Kind kind, List<String> labels) {
        return intern(kind, labels, List.of(), 0, null);
    }

    public ValueType fixedList(ValueType element, int length) {
        return intern(Kind.FIXED_LIST, List.of(), List.of(element), length, null);
    }

    /** An own or borrow. */
    public ValueType handle(Kind kind, ResourceType resource) {
        return intern(kind, List.of(), List.of(), 0, resource);
    }

    private ValueType intern(
            Kind kind,
            List<String> labels,
            List<@Nullable ValueType> children,
            int length,
            @Nullable ResourceType resource) {
        Key key = new Key(kind, labels, children, length, resource);
        ValueType found = types.get(key);
        if (found == null) {
            found = new ValueType(kind, labels, children, length, resource);
            types.put(new Key(kind, found.labels(), found.children(), length, resource), found);
        }
        return found;
    }
}

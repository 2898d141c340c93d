package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value types as CanonicalABI.md has them after despecialisation, for {@link SpecModel}; nothing here is the host's. */
sealed interface SpecType {
    /** Integers, bool, floats, char: size in bytes, and what the number means. */
    record Scalar(String name, int bytes) implements SpecType {}

    record Text() implements SpecType {}

    /** A list; length -1 when it is not fixed. */
    record Sequence(SpecType element, int length) implements SpecType {}

    record MapOf(SpecType key, SpecType value) implements SpecType {
        Sequence pairs() {
            return new Sequence(new Fields(List.of(key, value), false), -1);
        }
    }

    /** A record, or a tuple when it has no labels. */
    record Fields(List<SpecType> types, boolean labelled) implements SpecType {}

    /** A variant; the kind is one of variant, enum, option and result. */
    record Cases(List<@Nullable SpecType> payloads, Kind kind) implements SpecType {}

    record Bits(int count) implements SpecType {}

    record Resource(ResourceType type, boolean own) implements SpecType {}

    /** The same type as the host has it. */
    default ValueType host(TypeTable table) {
        return switch (this) {
            case Scalar scalar -> table.scalar(Kind.valueOf(scalar.name()));
            case Text _ -> table.scalar(Kind.STRING);
            case Sequence(SpecType element, int length) ->
                length < 0
                        ? table.composite(Kind.LIST, element.host(table))
                        : table.fixedList(element.host(table), length);
            case MapOf(SpecType key, SpecType value) -> table.composite(Kind.MAP, key.host(table), value.host(table));
            case Fields(List<SpecType> types, boolean labelled) ->
                table.composite(
                        labelled ? Kind.RECORD : Kind.TUPLE,
                        labelled ? labels(types.size()) : List.of(),
                        children(types, table));
            case Cases(List<@Nullable SpecType> payloads, Kind kind) ->
                switch (kind) {
                    case ENUM -> table.labelled(Kind.ENUM, labels(payloads.size()));
                    case OPTION -> table.composite(Kind.OPTION, List.of(), children(payloads, table));
                    case RESULT -> table.composite(Kind.RESULT, List.of(), children(payloads, table));
                    default -> table.composite(Kind.VARIANT, labels(payloads.size()), children(payloads, table));
                };
            case Bits(int count) -> table.labelled(Kind.FLAGS, labels(count));
            case Resource(ResourceType type, boolean own) -> table.handle(own ? Kind.OWN : Kind.BORROW, type);
        };
    }

    private static List<String> labels(int count) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add("l" + i);
        }
        return labels;
    }

    private static List<@Nullable ValueType> children(List<? extends @Nullable SpecType> types, TypeTable table) {
        List<@Nullable ValueType> children = new ArrayList<>();
        for (SpecType type : types) {
            children.add(type == null ? null : type.host(table));
        }
        return children;
    }
}

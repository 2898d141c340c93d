package dev.warpgrid.component.binary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type definition as it stands in a component: the {@code deftype} of the binary format. */
public sealed interface TypeSyntax {
    /** A field, parameter or, with a null type, a case without payload. */
    record Labelled(String label, @Nullable TypeRef type) {}

    record Alias(Primitive primitive) implements TypeSyntax {}

    record RecordOf(List<Labelled> fields) implements TypeSyntax {}

    record Variant(List<Labelled> cases) implements TypeSyntax {}

    record ListOf(TypeRef element) implements TypeSyntax {}

    record FixedList(TypeRef element, int length) implements TypeSyntax {}

    record MapOf(TypeRef key, TypeRef value) implements TypeSyntax {}

    record Tuple(List<TypeRef> elements) implements TypeSyntax {}

    record Flags(List<String> labels) implements TypeSyntax {}

    record Enumeration(List<String> labels) implements TypeSyntax {}

    record Option(TypeRef some) implements TypeSyntax {}

    record Result(@Nullable TypeRef ok, @Nullable TypeRef error) implements TypeSyntax {}

    record Own(int resource) implements TypeSyntax {}

    record Borrow(int resource) implements TypeSyntax {}

    record Stream(@Nullable TypeRef element) implements TypeSyntax {}

    record Future(@Nullable TypeRef element) implements TypeSyntax {}

    record Function(
            boolean async,
            List<Labelled> parameters,
            @Nullable TypeRef result) implements TypeSyntax {}

    /** A component type; its declarations are imports, exports, types and aliases. */
    record ComponentOf(List<Definition> declarations) implements TypeSyntax {}

    record InstanceOf(List<Definition> declarations) implements TypeSyntax {}

    /** A resource type; destructor -1 when it has none. */
    record Resource(int destructor) implements TypeSyntax {}
}

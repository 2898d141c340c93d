package dev.warpgrid.component.link;

import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.binary.TypeRef;
import dev.warpgrid.component.binary.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a type is named, which its structure does not say: each definition, import and export of a type makes a shape of
 * its own, and identity tells them apart. Explainer.md, "External Visibility of Types", asks for it.
 */
final class Shape {
    private static final Shape PLAIN = new Shape(false, List.of());

    /** Whether the type is of use outside only under a name: resource, record, variant, enum and flags types. */
    final boolean nominal;
    /** Of the types it refers to. */
    final List<Shape> parts;

    private Shape(boolean nominal, List<Shape> parts) {
        this.nominal = nominal;
        this.parts = parts;
    }

    static Shape resource() {
        return new Shape(true, List.of());
    }

    /** The shape of the same type under a new name. */
    Shape renamed() {
        return new Shape(nominal, parts);
    }

    /** The shape of a value or function type whose references were resolved before without error. */
    static Shape of(TypeSyntax syntax, Scope scope, int offset) {
        return switch (syntax) {
            case TypeSyntax.Alias _ -> PLAIN;
            case TypeSyntax.RecordOf(var fields) -> new Shape(true, labelled(fields, scope, offset));
            case TypeSyntax.Variant(var cases) -> new Shape(true, labelled(cases, scope, offset));
            case TypeSyntax.Flags _ -> new Shape(true, List.of());
            case TypeSyntax.Enumeration _ -> new Shape(true, List.of());
            case TypeSyntax.ListOf(var element) -> anonymous(scope, offset, element);
            case TypeSyntax.FixedList(var element, int _) -> anonymous(scope, offset, element);
            case TypeSyntax.MapOf(var key, var value) -> anonymous(scope, offset, key, value);
            case TypeSyntax.Tuple(var elements) -> anonymous(scope, offset, elements.toArray(TypeRef[]::new));
            case TypeSyntax.Option(var some) -> anonymous(scope, offset, some);
            case TypeSyntax.Result(var ok, var error) -> anonymous(scope, offset, ok, error);
            case TypeSyntax.Stream(var element) -> anonymous(scope, offset, element);
            case TypeSyntax.Future(var element) -> anonymous(scope, offset, element);
            case TypeSyntax.Own(int index) -> handle(index, scope, offset);
            case TypeSyntax.Borrow(int index) -> handle(index, scope, offset);
            case TypeSyntax.Function(boolean _, var parameters, var result) -> {
                List<Shape> parts = new ArrayList<>(labelled(parameters, scope, offset));
                add(parts, result, scope, offset);
                yield new Shape(false, List.copyOf(parts));
            }
            case TypeSyntax.ComponentOf _ -> PLAIN;
            case TypeSyntax.InstanceOf _ -> PLAIN;
            case TypeSyntax.Resource _ -> resource();
        };
    }

    private static Shape anonymous(Scope scope, int offset, @Nullable TypeRef... refs) {
        List<Shape> parts = new ArrayList<>();
        for (TypeRef ref : refs) {
            add(parts, ref, scope, offset);
        }
        return parts.isEmpty() ? PLAIN : new Shape(false, List.copyOf(parts));
    }

    private static List<Shape> labelled(List<TypeSyntax.Labelled> labelled, Scope scope, int offset) {
        List<Shape> parts = new ArrayList<>();
        for (TypeSyntax.Labelled each : labelled) {
            add(parts, each.type(), scope, offset);
        }
        return List.copyOf(parts);
    }

    private static void add(List<Shape> parts, @Nullable TypeRef ref, Scope scope, int offset) {
        if (ref != null && ref.primitive() == null) {
            Shape part = scope.get(Entity.ValueOf.class, Sort.TYPE, ref.index(), offset)
                    .shape();
            if (!part.equals(PLAIN)) {
                parts.add(part);
            }
        }
    }

    private static Shape handle(int index, Scope scope, int offset) {
        return new Shape(
                false,
                List.of(scope.get(Entity.ResourceOf.class, Sort.TYPE, index, offset)
                        .shape()));
    }
}

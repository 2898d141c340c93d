package dev.warpgrid.component.link;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.Primitive;
import dev.warpgrid.component.binary.Sort;
import dev.warpgrid.component.binary.TypeRef;
import dev.warpgrid.component.binary.TypeSyntax;
import dev.warpgrid.component.types.FunctionType;
import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.TypeTable;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves type definitions within a scope. */
final class TypeResolver {
    private static final Set<Kind> MAP_KEYS = Set.of(
            Kind.BOOL,
            Kind.S8,
            Kind.U8,
            Kind.S16,
            Kind.U16,
            Kind.S32,
            Kind.U32,
            Kind.S64,
            Kind.U64,
            Kind.CHAR,
            Kind.STRING);

    private final TypeTable types;
    private final ComponentLimits limits;

    TypeResolver(TypeTable types, ComponentLimits limits) {
        this.types = types;
        this.limits = limits;
    }

    /** Resolves any type but a resource definition, which only a component may hold. */
    Entity.Type resolve(TypeSyntax syntax, Scope scope, int offset) {
        return switch (syntax) {
            case TypeSyntax.Function function ->
                new Entity.FunctionOf(function(function, scope, offset), Shape.of(syntax, scope, offset));
            case TypeSyntax.ComponentOf component -> new Entity.ComponentOf(component.declarations(), scope, false);
            case TypeSyntax.InstanceOf instance -> new Entity.InstanceOf(instance.declarations(), scope, false);
            case TypeSyntax.Resource resource ->
                throw new MalformedComponentException(
                        "A resource type is defined inside a component or instance type", offset);
            default ->
                new Entity.ValueOf(checked(value(syntax, scope, offset), offset), Shape.of(syntax, scope, offset));
        };
    }

    private ValueType value(TypeSyntax syntax, Scope scope, int offset) {
        return switch (syntax) {
            case TypeSyntax.Alias alias -> types.scalar(kind(alias.primitive()));
            case TypeSyntax.RecordOf(var fields) ->
                types.composite(Kind.RECORD, labels(fields), payloads(fields, scope, offset));
            case TypeSyntax.Variant(var cases) ->
                types.composite(Kind.VARIANT, labels(cases), payloads(cases, scope, offset));
            case TypeSyntax.ListOf(var element) -> types.composite(Kind.LIST, value(element, scope, offset));
            case TypeSyntax.FixedList(var element, int length) ->
                types.fixedList(value(element, scope, offset), length);
            case TypeSyntax.MapOf(var key, var value) -> map(key, value, scope, offset);
            case TypeSyntax.Tuple(var elements) ->
                types.composite(Kind.TUPLE, List.of(), values(elements, scope, offset));
            case TypeSyntax.Flags(var labels) -> types.labelled(Kind.FLAGS, labels);
            case TypeSyntax.Enumeration(var labels) -> types.labelled(Kind.ENUM, labels);
            case TypeSyntax.Option(var some) -> types.composite(Kind.OPTION, null, value(some, scope, offset));
            case TypeSyntax.Result(var ok, var error) ->
                types.composite(Kind.RESULT, optional(ok, scope, offset), optional(error, scope, offset));
            case TypeSyntax.Own(int resource) -> types.handle(Kind.OWN, resource(resource, scope, offset));
            case TypeSyntax.Borrow(int resource) -> types.handle(Kind.BORROW, resource(resource, scope, offset));
            case TypeSyntax.Stream(var element) -> async(Kind.STREAM, element, scope, offset);
            case TypeSyntax.Future(var element) -> async(Kind.FUTURE, element, scope, offset);
            case TypeSyntax.Function function -> throw notAValue(offset);
            case TypeSyntax.ComponentOf component -> throw notAValue(offset);
            case TypeSyntax.InstanceOf instance -> throw notAValue(offset);
            case TypeSyntax.Resource resource -> throw notAValue(offset);
        };
    }

    private static MalformedComponentException notAValue(int offset) {
        return new MalformedComponentException("A type that is not a value type stands where one is wanted", offset);
    }

    private ValueType map(TypeRef key, TypeRef value, Scope scope, int offset) {
        ValueType keyType = value(key, scope, offset);
        if (!MAP_KEYS.contains(keyType.kind())) {
            throw new MalformedComponentException("A map's key is neither an integer, bool, char nor string", offset);
        }
        return types.composite(Kind.MAP, keyType, value(value, scope, offset));
    }

    private ValueType async(Kind kind, @Nullable TypeRef element, Scope scope, int offset) {
        ValueType type = optional(element, scope, offset);
        if (type != null && type.borrows()) {
            throw new MalformedComponentException("A stream or future carries a borrow", offset);
        }
        if (kind == Kind.STREAM && type != null && type.kind() == Kind.CHAR) {
            throw new MalformedComponentException("A stream of char is not allowed", offset);
        }
        return types.composite(kind, type);
    }

    private ValueType checked(ValueType type, int offset) {
        if (type.depth() > limits.typeNesting()) {
            throw new MalformedComponentException(
                    "A type is nested deeper than " + limits.typeNesting() + " levels", offset);
        }
        if (Math.max(type.size(), type.wideSize()) > limits.valueBytes()) {
            throw new MalformedComponentException(
                    "A value of a type takes more than " + limits.valueBytes() + " bytes", offset);
        }
        return type;
    }

    private FunctionType function(TypeSyntax.Function syntax, Scope scope, int offset) {
        List<ValueType> parameters = new ArrayList<>();
        for (TypeSyntax.Labelled parameter : syntax.parameters()) {
            parameters.add(required(parameter.type(), scope, offset));
        }
        ValueType result = optional(syntax.result(), scope, offset);
        if (result != null && result.borrows()) {
            throw new MalformedComponentException("A function's result holds a borrow", offset);
        }
        return new FunctionType(syntax.async(), labels(syntax.parameters()), parameters, result);
    }

    private ValueType required(@Nullable TypeRef ref, Scope scope, int offset) {
        if (ref == null) {
            throw notAValue(offset);
        }
        return value(ref, scope, offset);
    }

    private ValueType value(TypeRef ref, Scope scope, int offset) {
        Primitive primitive = ref.primitive();
        return primitive != null
                ? types.scalar(kind(primitive))
                : scope.get(Entity.ValueOf.class, Sort.TYPE, ref.index(), offset)
                        .type();
    }

    private @Nullable ValueType optional(@Nullable TypeRef ref, Scope scope, int offset) {
        return ref == null ? null : value(ref, scope, offset);
    }

    ResourceType resource(int index, Scope scope, int offset) {
        return scope.get(Entity.ResourceOf.class, Sort.TYPE, index, offset).type();
    }

    private List<@Nullable ValueType> values(List<TypeRef> refs, Scope scope, int offset) {
        List<@Nullable ValueType> values = new ArrayList<>();
        for (TypeRef ref : refs) {
            values.add(value(ref, scope, offset));
        }
        return values;
    }

    private List<@Nullable ValueType> payloads(List<TypeSyntax.Labelled> labelled, Scope scope, int offset) {
        List<@Nullable ValueType> values = new ArrayList<>();
        for (TypeSyntax.Labelled each : labelled) {
            values.add(optional(each.type(), scope, offset));
        }
        return values;
    }

    private static List<String> labels(List<TypeSyntax.Labelled> labelled) {
        return labelled.stream().map(TypeSyntax.Labelled::label).toList();
    }

    private static Kind kind(Primitive primitive) {
        return switch (primitive) {
            case BOOL -> Kind.BOOL;
            case S8 -> Kind.S8;
            case U8 -> Kind.U8;
            case S16 -> Kind.S16;
            case U16 -> Kind.U16;
            case S32 -> Kind.S32;
            case U32 -> Kind.U32;
            case S64 -> Kind.S64;
            case U64 -> Kind.U64;
            case F32 -> Kind.F32;
            case F64 -> Kind.F64;
            case CHAR -> Kind.CHAR;
            case STRING -> Kind.STRING;
            case ERROR_CONTEXT -> Kind.ERROR_CONTEXT;
        };
    }
}

package dev.warpgrid.component.binary;

import dev.warpgrid.component.binary.TypeSyntax.Labelled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads type definitions (Binary.md, "Type Definitions"), those of the async extension too. */
final class TypeReader {
    private static final Primitive[] PRIMITIVES = Primitive.values();
    private static final int FIRST_PRIMITIVE = 0x7f;
    private static final int LAST_PRIMITIVE = 0x73;
    private static final int ERROR_CONTEXT = 0x64;
    private static final int MAX_FLAGS = 32;

    private TypeReader() {}

    static boolean optional(ByteReader in) {
        int code = in.u8();
        if (code > 1) {
            throw in.malformed("0x" + Integer.toHexString(code) + " is neither present nor absent");
        }
        return code == 1;
    }

    private static @Nullable Primitive primitive(int code) {
        if (code <= FIRST_PRIMITIVE && code >= LAST_PRIMITIVE) {
            return PRIMITIVES[FIRST_PRIMITIVE - code];
        }
        return code == ERROR_CONTEXT ? Primitive.ERROR_CONTEXT : null;
    }

    static TypeRef ref(ByteReader in) {
        Primitive primitive = primitive(in.peek());
        if (primitive != null) {
            in.u8();
            return new TypeRef(primitive, -1);
        }
        return new TypeRef(null, typeIndex(in));
    }

    /** A non-negative number of the signed form that type indexes have (s33). */
    private static int typeIndex(ByteReader in) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if ((next & 0x40) != 0 || value > Integer.MAX_VALUE) {
                    throw in.malformed("A value type is neither a primitive nor an index of a type");
                }
                return (int) value;
            }
        }
        throw in.malformed("A type index does not fit 33 bits");
    }

    private static @Nullable TypeRef optionalRef(ByteReader in) {
        return optional(in) ? ref(in) : null;
    }

    static TypeSyntax type(ByteReader in, ReaderScope scope) {
        int code = in.u8();
        Primitive primitive = primitive(code);
        if (primitive != null) {
            return new TypeSyntax.Alias(primitive);
        }
        return switch (code) {
            case 0x72 -> new TypeSyntax.RecordOf(some(in, labelled(in), "record"));
            case 0x71 -> new TypeSyntax.Variant(some(in, cases(in), "variant"));
            case 0x70 -> new TypeSyntax.ListOf(ref(in));
            case 0x67 -> fixedList(in);
            case 0x63 -> new TypeSyntax.MapOf(ref(in), ref(in));
            case 0x6f -> new TypeSyntax.Tuple(some(in, refs(in), "tuple"));
            case 0x6e -> flags(in);
            case 0x6d -> new TypeSyntax.Enumeration(some(in, labels(in), "enum"));
            case 0x6b -> new TypeSyntax.Option(ref(in));
            case 0x6a -> new TypeSyntax.Result(optionalRef(in), optionalRef(in));
            case 0x69 -> new TypeSyntax.Own(in.index());
            case 0x68 -> new TypeSyntax.Borrow(in.index());
            case 0x66 -> new TypeSyntax.Stream(optionalRef(in));
            case 0x65 -> new TypeSyntax.Future(optionalRef(in));
            case 0x40 -> new TypeSyntax.Function(false, labelled(in), result(in));
            case 0x43 -> new TypeSyntax.Function(true, labelled(in), result(in));
            case 0x41 -> new TypeSyntax.ComponentOf(DeclarationReader.declarations(in, scope, true));
            case 0x42 -> new TypeSyntax.InstanceOf(DeclarationReader.declarations(in, scope, false));
            case 0x3f -> resource(in);
            default -> throw in.malformed("0x" + Integer.toHexString(code) + " is no type");
        };
    }

    private static TypeSyntax fixedList(ByteReader in) {
        TypeRef element = ref(in);
        int length = in.index();
        if (length == 0) {
            throw in.malformed("A list of fixed length 0 is not allowed");
        }
        return new TypeSyntax.FixedList(element, length);
    }

    private static TypeSyntax flags(ByteReader in) {
        List<String> labels = some(in, labels(in), "flags");
        if (labels.size() > MAX_FLAGS) {
            throw in.malformed("A flags type has more than 32 flags");
        }
        return new TypeSyntax.Flags(labels);
    }

    private static TypeSyntax resource(ByteReader in) {
        int representation = in.u8();
        if (representation != 0x7f) {
            throw in.malformed("A resource is represented by something other than i32");
        }
        return new TypeSyntax.Resource(optional(in) ? in.index() : -1);
    }

    /** The result of a function; null when it has none. */
    static @Nullable TypeRef result(ByteReader in) {
        int code = in.u8();
        if (code == 0) {
            return ref(in);
        }
        if (code != 1) {
            throw in.malformed("0x" + Integer.toHexString(code) + " is no form of a result");
        }
        in.expect(0, "an empty list of results");
        return null;
    }

    private static <T> List<T> some(ByteReader in, List<T> elements, String what) {
        if (elements.isEmpty()) {
            throw in.malformed("A " + what + " type is empty");
        }
        return elements;
    }

    private static List<TypeRef> refs(ByteReader in) {
        int count = in.count();
        List<TypeRef> refs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            refs.add(ref(in));
        }
        return List.copyOf(refs);
    }

    private static List<String> labels(ByteReader in) {
        int count = in.count();
        NameRules.Scope unique = new NameRules.Scope();
        List<String> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labels.add(label(in, unique));
        }
        return List.copyOf(labels);
    }

    private static String label(ByteReader in, NameRules.Scope unique) {
        String label = in.name();
        if (!NameRules.label(label)) {
            throw in.malformed("The label \"" + label + "\" is not in kebab case");
        }
        if (!unique.add(label)) {
            throw in.malformed("The label " + label + " conflicts with another one");
        }
        return label;
    }

    private static List<Labelled> labelled(ByteReader in) {
        int count = in.count();
        NameRules.Scope unique = new NameRules.Scope();
        List<Labelled> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(new Labelled(label(in, unique), ref(in)));
        }
        return List.copyOf(fields);
    }

    private static List<Labelled> cases(ByteReader in) {
        int count = in.count();
        NameRules.Scope unique = new NameRules.Scope();
        List<Labelled> cases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cases.add(new Labelled(label(in, unique), optionalRef(in)));
            in.expect(0, "the end of a case");
        }
        return List.copyOf(cases);
    }
}

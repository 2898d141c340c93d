package dev.warpgrid.cli.manifest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a manifest may look like, read from the contract's records: a field that is added to the contract can be
 * written in a file at once, and is in the schema.
 */
sealed interface Shape {
    /** For people, with its article. */
    String words();

    record Text() implements Shape {
        @Override
        public String words() {
            return "a text in quotes";
        }
    }

    record Whole() implements Shape {
        @Override
        public String words() {
            return "a whole number";
        }
    }

    record Fraction() implements Shape {
        @Override
        public String words() {
            return "a number";
        }
    }

    record Truth() implements Shape {
        @Override
        public String words() {
            return "true or false";
        }
    }

    record Choice(List<String> names) implements Shape {
        public Choice {
            names = List.copyOf(names);
        }

        @Override
        public String words() {
            return "one of " + String.join(", ", names);
        }
    }

    record Listing(Shape item) implements Shape {
        @Override
        public String words() {
            return "a list in square brackets";
        }
    }

    /** Keys are the user's own. */
    record Dictionary(Shape value) implements Shape {
        @Override
        public String words() {
            return "a table of keys and values";
        }
    }

    /** @param members in the contract's order */
    record Table(SequencedMap<String, Member> members) implements Shape {
        public Table {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        @Override
        public String words() {
            return "a table with " + String.join(", ", members.keySet());
        }
    }

    /** @param required whether the contract wants it in any case */
    record Member(Shape shape, boolean required) {}

    /** @throws IllegalArgumentException if a component has a type that no manifest can write */
    static Table of(Class<?> record) {
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            members.put(component.getName(), new Member(ofType(component.getGenericType()), !optional));
        }
        return new Table(members);
    }

    private static Shape ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Listing(ofType(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new Dictionary(ofType(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return of(plain);
            }
            if (plain.isEnum()) {
                return new Choice(Arrays.stream(plain.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList());
            }
            if (plain == String.class) {
                return new Text();
            }
            if (plain == Integer.class || plain == int.class || plain == Long.class || plain == long.class) {
                return new Whole();
            }
            if (plain == Double.class || plain == double.class) {
                return new Fraction();
            }
            if (plain == Boolean.class || plain == boolean.class) {
                return new Truth();
            }
        }
        throw new IllegalArgumentException("No manifest can write a value of " + type + ".");
    }
}

package dev.warpgrid.component.conformance;

import dev.warpgrid.component.Variant;
import dev.warpgrid.component.types.ValueType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value of a .wast file as the host passes it, by the type it has in the function called. */
final class WastValue {
    private WastValue() {}

    static Object of(Map<String, @Nullable Object> json, ValueType type) {
        return switch (type.kind()) {
            case BOOL -> Boolean.valueOf(text(json));
            case S8, U8, S16, U16, S32, U32 -> (int) number(text(json));
            case S64, U64 -> number(text(json));
            case F32 -> (float) floating(text(json));
            case F64 -> floating(text(json));
            case CHAR -> text(json).codePointAt(0);
            case STRING -> text(json);
            case RECORD, TUPLE -> fields(json, type);
            case LIST, FIXED_LIST, MAP -> list(json, type);
            case FLAGS -> flags(json, type);
            case ENUM -> Variant.of(type.labels().indexOf(label(json)));
            case VARIANT -> {
                int index = type.labels().indexOf(label(json));
                yield Variant.of(index, payload(json, type, index));
            }
            case OPTION, RESULT -> {
                int index = ((Double) Objects.requireNonNull(json.get("index"))).intValue();
                yield Variant.of(index, payload(json, type, index));
            }
            case ERROR_CONTEXT, OWN, BORROW, STREAM, FUTURE ->
                throw new IllegalArgumentException("A .wast file cannot give a " + type.kind());
        };
    }

    private static String text(Map<String, @Nullable Object> json) {
        return (String) Objects.requireNonNull(json.get("value"));
    }

    private static String label(Map<String, @Nullable Object> json) {
        return (String) Objects.requireNonNull(json.get("label"));
    }

    private static long number(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        long value = digits.startsWith("0x")
                ? Long.parseUnsignedLong(digits.substring(2), 16)
                : Long.parseUnsignedLong(digits);
        return negative ? -value : value;
    }

    private static double floating(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "nan:canonical", "nan:arithmetic" -> Double.NaN;
            default ->
                text.contains("0x") && !text.contains("p") ? Double.parseDouble(text + "p0") : Double.parseDouble(text);
        };
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> values(Map<String, @Nullable Object> json) {
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(json.get("values"));
    }

    private static Object[] fields(Map<String, @Nullable Object> json, ValueType type) {
        List<Map<String, @Nullable Object>> values = values(json);
        Object[] fields = new Object[values.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(values.get(i), type.child(i));
        }
        return fields;
    }

    private static Object list(Map<String, @Nullable Object> json, ValueType type) {
        List<Object> elements = new ArrayList<>();
        for (Map<String, @Nullable Object> each : values(json)) {
            elements.add(type.kind() == Kind.MAP ? pair(each, type) : of(each, type.child(0)));
        }
        if (type.kind() != Kind.LIST || type.child(0).kind() != Kind.U8) {
            return elements;
        }
        byte[] bytes = new byte[elements.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((Integer) elements.get(i)).byteValue();
        }
        return bytes;
    }

    private static Object[] pair(Map<String, @Nullable Object> json, ValueType type) {
        List<Map<String, @Nullable Object>> values = values(json);
        return new Object[] {of(values.get(0), type.child(0)), of(values.get(1), type.child(1))};
    }

    private static int flags(Map<String, @Nullable Object> json, ValueType type) {
        int bits = 0;
        for (Object label : (List<?>) Objects.requireNonNull(json.get("labels"))) {
            bits |= 1 << type.labels().indexOf(label);
        }
        return bits;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object payload(Map<String, @Nullable Object> json, ValueType type, int index) {
        Object value = json.get("value");
        return value == null ? null : of((Map<String, @Nullable Object>) value, type.child(index));
    }
}

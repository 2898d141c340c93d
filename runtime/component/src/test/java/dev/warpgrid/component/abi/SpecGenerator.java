package dev.warpgrid.component.abi;

import dev.warpgrid.component.types.ResourceType;
import dev.warpgrid.component.types.ValueType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Types and values of chance. */
final class SpecGenerator {
    private static final SpecType.Scalar[] SCALARS = {
        new SpecType.Scalar("BOOL", 1),
        new SpecType.Scalar("S8", 1),
        new SpecType.Scalar("U8", 1),
        new SpecType.Scalar("S16", 2),
        new SpecType.Scalar("U16", 2),
        new SpecType.Scalar("S32", 4),
        new SpecType.Scalar("U32", 4),
        new SpecType.Scalar("S64", 8),
        new SpecType.Scalar("U64", 8),
        new SpecType.Scalar("CHAR", 4),
        new SpecType.Scalar("F32", 4),
        new SpecType.Scalar("F64", 8)
    };
    private static final int KEY_SCALARS = 10;
    private static final long[] EDGES = {0, 1, -1, 127, 128, 255, 256, 32_767, 65_535, Integer.MAX_VALUE, Long.MIN_VALUE
    };
    private static final int[] POINTS = {
        0, 'a', 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff
    };

    private final Random random;
    private final List<ResourceType> resources;

    SpecGenerator(Random random, List<ResourceType> resources) {
        this.random = random;
        this.resources = resources;
    }

    SpecType type(int depth, boolean borrows) {
        int choice = random.nextInt(depth <= 0 ? 6 : 16);
        return switch (choice) {
            case 0, 1, 2 -> SCALARS[random.nextInt(SCALARS.length)];
            case 3 -> new SpecType.Text();
            case 4 -> new SpecType.Bits(1 + random.nextInt(32));
            case 5 ->
                new SpecType.Resource(
                        resources.get(random.nextInt(resources.size())), !borrows || random.nextBoolean());
            case 6, 7 -> new SpecType.Fields(types(1 + random.nextInt(6), depth, borrows), random.nextBoolean());
            case 8 -> new SpecType.Sequence(type(depth - 1, borrows), -1);
            case 9 -> new SpecType.Sequence(type(depth - 1, borrows), 1 + random.nextInt(6));
            case 10 -> new SpecType.Sequence(SCALARS[random.nextInt(SCALARS.length)], -1);
            case 11 -> new SpecType.MapOf(key(), type(depth - 1, borrows));
            case 12 -> new SpecType.Cases(enumeration(), Kind.ENUM);
            case 13 -> new SpecType.Cases(option(type(depth - 1, borrows)), Kind.OPTION);
            case 14 -> new SpecType.Cases(payloads(2, depth, borrows), Kind.RESULT);
            default -> new SpecType.Cases(payloads(variantSize(), depth, borrows), Kind.VARIANT);
        };
    }

    private int variantSize() {
        return random.nextInt(20) == 0 ? 255 + random.nextInt(4) : 1 + random.nextInt(6);
    }

    private SpecType key() {
        return random.nextInt(3) == 0 ? new SpecType.Text() : SCALARS[random.nextInt(KEY_SCALARS)];
    }

    private List<@Nullable SpecType> enumeration() {
        int count = switch (random.nextInt(400)) {
            case 0 -> 65_535 + random.nextInt(3);
            case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> 255 + random.nextInt(4);
            default -> 1 + random.nextInt(9);
        };
        List<@Nullable SpecType> none = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            none.add(null);
        }
        return none;
    }

    private static List<@Nullable SpecType> option(SpecType some) {
        List<@Nullable SpecType> payloads = new ArrayList<>();
        payloads.add(null);
        payloads.add(some);
        return payloads;
    }

    private List<@Nullable SpecType> payloads(int count, int depth, boolean borrows) {
        List<@Nullable SpecType> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean plain = i >= 6 || random.nextInt(4) == 0;
            payloads.add(plain ? null : type(depth - 1, borrows));
        }
        return payloads;
    }

    List<SpecType> types(int count, int depth, boolean borrows) {
        List<SpecType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(type(depth - 1, borrows));
        }
        return types;
    }

    /** A value; handles are what the function answers for their type. */
    Object value(SpecType type, Function<SpecType.Resource, Object> handles) {
        return switch (type) {
            case SpecType.Scalar(String name, int bytes) -> scalar(name, bytes);
            case SpecType.Text _ -> text();
            case SpecType.Sequence(SpecType element, int length) -> {
                int count = length >= 0 ? length : random.nextInt(5);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    values.add(value(element, handles));
                }
                yield values;
            }
            case SpecType.MapOf map -> value(map.pairs(), handles);
            case SpecType.Fields fields -> {
                List<Object> values = new ArrayList<>();
                fields.types().forEach(each -> values.add(value(each, handles)));
                yield values;
            }
            case SpecType.Cases cases -> {
                int index = random.nextInt(cases.payloads().size());
                SpecType payload = cases.payloads().get(index);
                yield new SpecModel.Case(index, payload == null ? null : value(payload, handles));
            }
            case SpecType.Bits(int count) -> {
                List<Object> flags = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    flags.add(random.nextBoolean());
                }
                yield flags;
            }
            case SpecType.Resource resource -> handles.apply(resource);
        };
    }

    private long integer() {
        return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }

    private Object scalar(String name, int bytes) {
        long bits = integer();
        return switch (name) {
            case "BOOL" -> (bits & 1) == 1;
            case "CHAR" -> point();
            case "F32" -> Float.intBitsToFloat((int) bits);
            case "F64" -> Double.longBitsToDouble(bits);
            default -> {
                int shift = 64 - 8 * bytes;
                yield name.startsWith("S") ? bits << shift >> shift : bits << shift >>> shift;
            }
        };
    }

    private int point() {
        return random.nextBoolean() ? POINTS[random.nextInt(POINTS.length)] : random.nextInt(0xd800);
    }

    private String text() {
        int highest = random.nextInt(3);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            int point = point();
            text.appendCodePoint(highest == 0 ? point & 0x7f : highest == 1 ? point & 0xff : point);
        }
        return text.toString();
    }
}

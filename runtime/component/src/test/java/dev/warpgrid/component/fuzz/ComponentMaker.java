package dev.warpgrid.component.fuzz;

import static dev.warpgrid.component.testing.WasmBytes.bytes;
import static dev.warpgrid.component.testing.WasmBytes.component;
import static dev.warpgrid.component.testing.WasmBytes.module;
import static dev.warpgrid.component.testing.WasmBytes.section;
import static dev.warpgrid.component.testing.WasmBytes.unsigned;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes components with correct framing and mostly indexes that exist. */
final class ComponentMaker {
    private static final int MAX_DEFINITIONS = 60;
    private static final int MAX_DEPTH = 4;
    private static final String[] NAMES = {
        "a", "b", "r", "f", "[constructor]r", "[method]r.m", "[static]r.s", "a:b/c", "a:b/c@1.0.0", "x-y", "Q"
    };
    private static final String[] CORE_NAMES = {"m", "realloc", "f", "g", "t", "v"};
    /** A module that exports a memory, realloc, functions of some shapes and a table, and one that imports some. */
    private static final byte[][] MODULES = {
        module(
                section(
                        1, 4, 0x60, 0, 0, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 1,
                        0x7f, 0),
                section(3, 4, 0, 1, 2, 3),
                section(4, 1, 0x70, 0, 1),
                section(5, 1, 0, 1),
                section(7, 6, "v", 0, 0, "realloc", 0, 1, "f", 0, 2, "g", 0, 3, "m", 2, 0, "t", 1, 0),
                section(10, 4, 2, 0, 0x0b, 4, 0, 0x41, 0, 0x0b, 4, 0, 0x41, 0, 0x0b, 2, 0, 0x0b)),
        module(section(1, 1, 0x60, 0, 0), section(2, 1, "a", "v", 0, 0), section(7, 1, "v", 0, 0)),
        module()
    };

    private final BytesRandom random;
    private int left = MAX_DEFINITIONS;

    ComponentMaker(BytesRandom random) {
        this.random = random;
    }

    byte[] make() {
        return one(0, new EnumMap<>(Space.class));
    }

    private enum Space {
        TYPE,
        FUNCTION,
        INSTANCE,
        COMPONENT,
        MODULE,
        CORE_INSTANCE,
        CORE_FUNCTION,
        CORE_MEMORY,
        CORE_TYPE
    }

    private byte[] one(int depth, Map<Space, Integer> counts) {
        List<Object> sections = new ArrayList<>();
        while (left-- > 0 && !random.exhausted()) {
            sections.add(definition(depth, counts));
        }
        return component(sections.stream().map(byte[].class::cast).toArray(byte[][]::new));
    }

    private static byte[] of(Object... parts) {
        return bytes(parts);
    }

    private static void add(Map<Space, Integer> counts, Space space) {
        counts.merge(space, 1, Integer::sum);
    }

    /** An index that exists, most of the time. */
    private byte[] index(Map<Space, Integer> counts, Space space) {
        return unsigned(random.nextInt(Math.max(1, counts.getOrDefault(space, 0) + (random.nextInt(16) == 0 ? 2 : 0))));
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private byte[] definition(int depth, Map<Space, Integer> counts) {
        return switch (random.nextInt(15)) {
            case 0, 1, 2, 3 -> {
                byte[] type = type(depth, counts);
                add(counts, Space.TYPE);
                yield section(7, 1, type);
            }
            case 4 -> {
                add(counts, Space.MODULE);
                yield section(1, MODULES[random.nextInt(MODULES.length)]);
            }
            case 5 -> {
                byte[] made = coreInstance(counts);
                add(counts, Space.CORE_INSTANCE);
                yield section(2, 1, made);
            }
            case 6 -> section(6, 1, coreAlias(counts));
            case 7 -> section(6, 1, alias(counts));
            case 8, 9 -> section(8, 1, canon(counts));
            case 10 -> section(10, 1, 0, name(), externType(counts));
            case 11 -> section(11, 1, 0, name(), item(counts), ascription(counts));
            case 12 -> {
                byte[] made = instance(counts);
                add(counts, Space.INSTANCE);
                yield section(5, 1, made);
            }
            case 13 -> {
                if (depth < MAX_DEPTH) {
                    byte[] nested = one(depth + 1, new EnumMap<>(Space.class));
                    add(counts, Space.COMPONENT);
                    yield section(4, nested);
                }
                yield section(0, "x");
            }
            default -> {
                add(counts, Space.CORE_TYPE);
                yield section(3, 1, of(0x50, 1, 1, 0x60, 0, 0));
            }
        };
    }

    private byte[] value(Map<Space, Integer> counts) {
        return random.nextInt(3) == 0 ? of(0x73 + random.nextInt(13)) : index(counts, Space.TYPE);
    }

    private byte[] type(int depth, Map<Space, Integer> counts) {
        return switch (random.nextInt(17)) {
            case 0 -> of(0x72, 2, "a", value(counts), "b", value(counts));
            case 1 -> of(0x71, 2, "a", 1, value(counts), 0, "b", 0, 0);
            case 2 -> of(0x70, value(counts));
            case 3 -> of(0x67, value(counts), unsigned(1 + random.nextInt(70_000)));
            case 4 -> of(0x6f, 3, value(counts), value(counts), value(counts));
            case 5 -> of(0x6e, 2, "a", "b");
            case 6 -> of(0x6d, 1, "a");
            case 7 -> of(0x6b, value(counts));
            case 8 -> of(0x6a, 1, value(counts), random.nextBoolean() ? of(0) : of(1, value(counts)));
            case 9 -> of(0x69, index(counts, Space.TYPE));
            case 10 -> of(0x68, index(counts, Space.TYPE));
            case 11 -> of(0x3f, 0x7f, 0);
            case 12 -> of(0x63, value(counts), value(counts));
            case 13 -> of(0x42, declarations(depth, new EnumMap<>(Space.class), false));
            case 14 -> of(0x41, declarations(depth, new EnumMap<>(Space.class), true));
            case 15 -> of(0x66, 1, value(counts));
            default ->
                of(
                        random.nextInt(8) == 0 ? 0x43 : 0x40,
                        random.nextBoolean() ? of(1, "self", value(counts)) : of(0),
                        random.nextBoolean() ? of(1, 0) : of(0, value(counts)));
        };
    }

    private byte[] declarations(int depth, Map<Space, Integer> counts, boolean imports) {
        int count = depth < MAX_DEPTH ? random.nextInt(6) : 0;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(count);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(imports ? 5 : 4)) {
                case 0 -> {
                    byte[] type = type(depth + 1, counts);
                    add(counts, Space.TYPE);
                    all.writeBytes(of(1, type));
                }
                case 1 -> {
                    all.writeBytes(of(2, 3, 2, unsigned(random.nextInt(3)), unsigned(random.nextInt(4))));
                    add(counts, Space.TYPE);
                }
                case 4 -> all.writeBytes(of(3, 0, name(), externType(counts)));
                default -> all.writeBytes(of(4, 0, name(), externType(counts)));
            }
        }
        return all.toByteArray();
    }

    private byte[] externType(Map<Space, Integer> counts) {
        return switch (random.nextInt(6)) {
            case 0 -> {
                add(counts, Space.FUNCTION);
                yield of(1, index(counts, Space.TYPE));
            }
            case 1 -> {
                byte[] equal = index(counts, Space.TYPE);
                add(counts, Space.TYPE);
                yield of(3, 0, equal);
            }
            case 2 -> {
                add(counts, Space.TYPE);
                yield of(3, 1);
            }
            case 3 -> {
                add(counts, Space.COMPONENT);
                yield of(4, index(counts, Space.TYPE));
            }
            case 4 -> {
                add(counts, Space.MODULE);
                yield of(0, 0x11, index(counts, Space.CORE_TYPE));
            }
            default -> {
                add(counts, Space.INSTANCE);
                yield of(5, index(counts, Space.TYPE));
            }
        };
    }

    private byte[] ascription(Map<Space, Integer> counts) {
        return random.nextInt(4) == 0 ? of(1, externType(counts)) : of(0);
    }

    /** An item that is exported, which adds to its index space. */
    private byte[] item(Map<Space, Integer> counts) {
        byte[] item = argument(counts);
        add(
                counts,
                switch (item[0]) {
                    case 1 -> Space.FUNCTION;
                    case 3 -> Space.TYPE;
                    case 4 -> Space.COMPONENT;
                    case 5 -> Space.INSTANCE;
                    default -> Space.MODULE;
                });
        return item;
    }

    private byte[] argument(Map<Space, Integer> counts) {
        return switch (random.nextInt(5)) {
            case 0 -> of(1, index(counts, Space.FUNCTION));
            case 1 -> of(3, index(counts, Space.TYPE));
            case 2 -> of(4, index(counts, Space.COMPONENT));
            case 3 -> of(0, 0x11, index(counts, Space.MODULE));
            default -> of(5, index(counts, Space.INSTANCE));
        };
    }

    private byte[] instance(Map<Space, Integer> counts) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        boolean bundle = random.nextBoolean();
        int count = random.nextInt(4);
        items.write(count);
        for (int i = 0; i < count; i++) {
            items.writeBytes(bundle ? of(0, name(), argument(counts)) : of(name(), argument(counts)));
        }
        return bundle ? of(1, items.toByteArray()) : of(0, index(counts, Space.COMPONENT), items.toByteArray());
    }

    private byte[] coreInstance(Map<Space, Integer> counts) {
        return switch (random.nextInt(3)) {
            case 0 -> of(0, index(counts, Space.MODULE), 0);
            case 1 -> of(0, index(counts, Space.MODULE), 1, "a", 0x12, index(counts, Space.CORE_INSTANCE));
            default -> of(1, 2, "v", 0, index(counts, Space.CORE_FUNCTION), "m", 2, index(counts, Space.CORE_MEMORY));
        };
    }

    private byte[] coreAlias(Map<Space, Integer> counts) {
        String name = CORE_NAMES[random.nextInt(CORE_NAMES.length)];
        boolean memory = name.equals("m");
        byte[] made = of(0, memory ? 2 : name.equals("t") ? 1 : 0, 1, index(counts, Space.CORE_INSTANCE), name);
        add(counts, memory ? Space.CORE_MEMORY : Space.CORE_FUNCTION);
        return made;
    }

    private byte[] alias(Map<Space, Integer> counts) {
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] made = of(3, 0, index(counts, Space.INSTANCE), name());
                add(counts, Space.TYPE);
                yield made;
            }
            case 1 -> {
                byte[] made = of(1, 0, index(counts, Space.INSTANCE), name());
                add(counts, Space.FUNCTION);
                yield made;
            }
            case 2 -> {
                byte[] made = of(5, 0, index(counts, Space.INSTANCE), name());
                add(counts, Space.INSTANCE);
                yield made;
            }
            case 3 -> {
                add(counts, Space.TYPE);
                yield of(3, 2, random.nextInt(3), random.nextInt(8));
            }
            default -> {
                add(counts, Space.COMPONENT);
                yield of(4, 2, random.nextInt(3), random.nextInt(3));
            }
        };
    }

    private byte[] canon(Map<Space, Integer> counts) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> {
                byte[] made = of(0, 0, index(counts, Space.CORE_FUNCTION), options(counts), index(counts, Space.TYPE));
                add(counts, Space.FUNCTION);
                yield made;
            }
            case 2, 3 -> {
                byte[] made = of(1, 0, index(counts, Space.FUNCTION), options(counts));
                add(counts, Space.CORE_FUNCTION);
                yield made;
            }
            case 4 -> {
                add(counts, Space.CORE_FUNCTION);
                yield of(2 + random.nextInt(3), index(counts, Space.TYPE));
            }
            default -> {
                add(counts, Space.CORE_FUNCTION);
                yield of(0x1f + random.nextInt(7), 0, 0);
            }
        };
    }

    private byte[] options(Map<Space, Integer> counts) {
        return switch (random.nextInt(4)) {
            case 0 -> of(0);
            case 1 -> of(1, 3, index(counts, Space.CORE_MEMORY));
            case 2 -> of(2, 3, index(counts, Space.CORE_MEMORY), 4, index(counts, Space.CORE_FUNCTION));
            default -> of(1, random.nextInt(8));
        };
    }
}

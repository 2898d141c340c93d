package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.MalformedComponentException;
import dev.warpgrid.component.binary.CoreType.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises the two small core modules by which component tools tie a knot: a module wants functions that are lowered
 * with its own memory, which is there only afterwards. A shim made before it exports functions that do nothing but
 * jump through the slots of a table, and a filler made after it puts the real functions into the slots. Anything not
 * exactly of this shape is not recognised.
 */
public final class Indirection {
    private static final int FUNCTION_REFERENCE = 0x70;
    private static final int LOCAL_GET = 0x20;
    private static final int CALL_INDIRECT = 0x11;
    private static final int I32_CONST = 0x41;
    private static final int END = 0x0b;

    private final CoreModuleBinary module;
    private final List<Function> types = new ArrayList<>();
    private final List<Integer> functions = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();
    private final Map<String, Integer> exported = new HashMap<>();
    private final List<String> tables = new ArrayList<>();
    private final List<Integer> filled = new ArrayList<>();

    /**
     * A shim.
     *
     * @param table the name under which it exports its only table
     * @param slots the slot of the table each exported function jumps to, by the function's name
     */
    public record Shim(String table, Map<String, Integer> slots) {
        public Shim {
            slots = Map.copyOf(slots);
        }
    }

    /**
     * A filler.
     *
     * @param table     the position of its only table among its imports
     * @param functions for each slot from 0 the position among its imports of what it puts there
     */
    public record Filler(int table, List<Integer> functions) {
        public Filler {
            functions = List.copyOf(functions);
        }
    }

    private Indirection(CoreModuleBinary module) {
        this.module = module;
    }

    /** The module as a shim, when it is one. */
    public static Optional<Shim> shim(CoreModuleBinary module) {
        boolean candidate = module.imports().isEmpty()
                && module.tables().size() == 1
                && !module.tables().getFirst().wide()
                && bare(module);
        return candidate ? new Indirection(module).readShim() : Optional.empty();
    }

    /** The module as a filler, when it is one. */
    public static Optional<Filler> filler(CoreModuleBinary module) {
        boolean candidate = module.exports().isEmpty() && module.tables().isEmpty() && bare(module);
        return candidate ? new Indirection(module).readFiller() : Optional.empty();
    }

    private static boolean bare(CoreModuleBinary module) {
        return module.memories().isEmpty() && module.globals().isEmpty() && !module.startFunction();
    }

    private Optional<Shim> readShim() {
        if (!sections() || tables.size() != 1 || !filled.isEmpty() || slots.size() != functions.size()) {
            return Optional.empty();
        }
        Map<String, Integer> named = new HashMap<>();
        exported.forEach((name, index) -> named.put(name, slots.get(index)));
        return Optional.of(new Shim(tables.getFirst(), named));
    }

    private Optional<Filler> readFiller() {
        List<Integer> imported = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < module.imports().size(); i++) {
            switch (module.imports().get(i).type()) {
                case Function function -> imported.add(i);
                case CoreType.Table table -> wanted.add(i);
                case CoreType.Memory memory -> {
                    return Optional.empty();
                }
                case CoreType.Global global -> {
                    return Optional.empty();
                }
                case CoreType.Tag tag -> {
                    return Optional.empty();
                }
            }
        }
        if (wanted.size() != 1 || !sections() || !functions.isEmpty() || filled.isEmpty()) {
            return Optional.empty();
        }
        return filled.stream().allMatch(index -> index < imported.size())
                ? Optional.of(new Filler(
                        wanted.getFirst(), filled.stream().map(imported::get).toList()))
                : Optional.empty();
    }

    /** Reads all sections; false when one of them holds what neither module has. */
    private boolean sections() {
        ByteReader in = new ByteReader(
                module.bytes(), module.start(), module.start() + module.length(), ComponentLimits.defaults());
        try {
            in.skip(CoreModuleReader.HEADER_BYTES);
            boolean fits = true;
            while (fits && !in.atEnd()) {
                int id = in.u8();
                fits = section(id, in.slice(in.length()));
            }
            return fits;
        } catch (MalformedComponentException e) {
            // Bodies are the engine's to judge: it says what is wrong with them when it is given the module.
            return false;
        }
    }

    private boolean section(int id, ByteReader body) {
        return switch (id) {
            case 0, 2 -> true;
            case 1 -> each(body, () -> types.add(CoreTypeReader.function(body)));
            case 3 -> each(body, () -> functions.add(body.index()));
            case 4 -> each(body, () -> body.expect(FUNCTION_REFERENCE, "a plain table"));
            case 7 -> each(body, () -> export(body));
            case 9 -> each(body, () -> segment(body));
            case 10 -> each(body, () -> slots.add(slot(body.slice(body.length()))));
            default -> false;
        };
    }

    private static boolean each(ByteReader body, Runnable entry) {
        int count = body.count();
        for (int i = 0; i < count; i++) {
            entry.run();
        }
        return true;
    }

    private void export(ByteReader body) {
        String name = body.name();
        int kind = body.u8();
        int index = body.index();
        if (kind == 0) {
            exported.put(name, index);
        } else {
            tables.add(name);
        }
    }

    private void segment(ByteReader body) {
        body.expect(0, "a segment of table 0");
        body.expect(I32_CONST, "a constant offset");
        body.expect(0, "the offset 0");
        body.expect(END, "the offset's end");
        if (!filled.isEmpty()) {
            throw body.malformed("There is more than one segment");
        }
        int count = body.count();
        for (int i = 0; i < count; i++) {
            filled.add(body.index());
        }
    }

    /** The slot a body jumps to with exactly its own parameters. */
    private int slot(ByteReader body) {
        if (slots.size() == functions.size()) {
            throw body.malformed("There are more bodies than functions");
        }
        Function type = types.get(functions.get(slots.size()));
        body.expect(0, "no locals");
        for (int i = 0; i < type.parameters().size(); i++) {
            body.expect(LOCAL_GET, "local.get");
            body.expect(i, "the next parameter");
        }
        body.expect(I32_CONST, "i32.const");
        int slot = body.u32();
        boolean negative = (body.bytes()[body.position() - 1] & 0x40) != 0;
        body.expect(CALL_INDIRECT, "call_indirect");
        int called = body.index();
        body.expect(0, "table 0");
        body.expect(END, "the body's end");
        body.expectEnd("body");
        boolean sameType = called < types.size() && types.get(called).equals(type);
        if (negative || slot < 0 || !sameType) {
            throw body.malformed("The body is not that of a shim");
        }
        return slot;
    }
}

package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import dev.warpgrid.component.binary.CoreType.Function;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a core module declares. Function bodies and data are left to the engine that runs it. */
public final class CoreModuleReader {
    static final int MAGIC = 0x6d736100;
    /** The magic number and the version. */
    static final int HEADER_BYTES = 8;

    private static final int MAX_SECTION = 13;
    /** Sections in the order the specification wants; the tag section (13) sits after memories, data count before code. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final ByteReader in;
    private final int begin;
    private final List<Function> types = new ArrayList<>();
    private final List<CoreModuleBinary.Import> imports = new ArrayList<>();
    private final List<CoreType> functions = new ArrayList<>();
    private final List<CoreType> tables = new ArrayList<>();
    private final List<CoreType> memories = new ArrayList<>();
    private final List<CoreType> globals = new ArrayList<>();
    private final List<CoreType> tags = new ArrayList<>();
    private final List<CoreType.Table> ownTables = new ArrayList<>();
    private final List<CoreType.Memory> ownMemories = new ArrayList<>();
    private final List<CoreType.Global> ownGlobals = new ArrayList<>();
    private final Map<String, CoreType> exports = new LinkedHashMap<>();
    private boolean start;

    private CoreModuleReader(ByteReader in) {
        this.in = in;
        this.begin = in.position();
    }

    /** Reads a module that stands alone. */
    public static CoreModuleBinary read(byte[] bytes, ComponentLimits limits) {
        return read(new ByteReader(bytes, 0, bytes.length, limits));
    }

    static CoreModuleBinary read(ByteReader in) {
        return new CoreModuleReader(in).module();
    }

    private CoreModuleBinary module() {
        in.expect(0x00, "a core module's magic number");
        in.expect(0x61, "a core module's magic number");
        in.expect(0x73, "a core module's magic number");
        in.expect(0x6d, "a core module's magic number");
        in.expect(1, "version 1 of core modules");
        in.expect(0, "version 1 of core modules");
        in.expect(0, "version 1 of core modules");
        in.expect(0, "version 1 of core modules");
        int last = 0;
        while (!in.atEnd()) {
            int id = in.u8();
            if (id > MAX_SECTION) {
                throw in.malformed("0x" + Integer.toHexString(id) + " is no section of a core module");
            }
            ByteReader body = in.slice(in.length());
            if (id != 0) {
                if (ORDER[id] <= last) {
                    throw body.malformed("The sections of a core module are out of order");
                }
                last = ORDER[id];
            }
            section(id, body);
        }
        return new CoreModuleBinary(
                in.bytes(),
                begin,
                in.end() - begin,
                List.copyOf(imports),
                Collections.unmodifiableMap(exports),
                List.copyOf(ownMemories),
                List.copyOf(ownTables),
                List.copyOf(ownGlobals),
                start);
    }

    private void section(int id, ByteReader body) {
        switch (id) {
            case 0 -> body.name();
            case 1 -> each(body, () -> types.add(CoreTypeReader.function(body)));
            case 2 -> each(body, () -> importEntry(body));
            case 3 -> each(body, () -> functions.add(CoreTypeReader.function(body, types)));
            case 4 -> each(body, () -> tableEntry(body));
            case 5 ->
                each(body, () -> {
                    CoreType.Memory memory = CoreTypeReader.memory(body);
                    memories.add(memory);
                    ownMemories.add(memory);
                });
            case 6 ->
                each(body, () -> {
                    CoreType.Global global = CoreTypeReader.global(body);
                    ConstantExpression.skip(body);
                    globals.add(global);
                    ownGlobals.add(global);
                });
            case 7 -> each(body, () -> exportEntry(body));
            case 8 -> startEntry(body);
            case 13 ->
                each(body, () -> {
                    body.expect(0, "a tag's attribute");
                    tags.add(new CoreType.Tag(CoreTypeReader.function(body, types)));
                });
            default -> {}
        }
    }

    private static void each(ByteReader body, Runnable entry) {
        int count = body.count();
        for (int i = 0; i < count; i++) {
            entry.run();
        }
        body.expectEnd("section");
    }

    private void importEntry(ByteReader body) {
        String module = body.name();
        String name = body.name();
        CoreType type = CoreTypeReader.extern(body, types);
        imports.add(new CoreModuleBinary.Import(module, name, type));
        space(type).add(type);
    }

    private void tableEntry(ByteReader body) {
        boolean initialised = body.peek() == 0x40;
        if (initialised) {
            body.u8();
            body.expect(0, "a table with an initial value");
        }
        CoreType.Table table = CoreTypeReader.table(body);
        if (initialised) {
            ConstantExpression.skip(body);
        }
        tables.add(table);
        ownTables.add(table);
    }

    private void exportEntry(ByteReader body) {
        String name = body.name();
        int kind = body.u8();
        int index = body.index();
        List<CoreType> space = switch (kind) {
            case 0 -> functions;
            case 1 -> tables;
            case 2 -> memories;
            case 3 -> globals;
            case 4 -> tags;
            default -> throw body.malformed("0x" + Integer.toHexString(kind) + " is no kind of core extern");
        };
        if (index >= space.size()) {
            throw body.malformed("The export " + name + " names index " + index + ", which is out of bounds");
        }
        if (exports.put(name, space.get(index)) != null) {
            throw body.malformed("The core module exports " + name + " twice");
        }
    }

    private void startEntry(ByteReader body) {
        if (body.index() >= functions.size()) {
            throw body.malformed("The start function is out of bounds");
        }
        start = true;
    }

    private List<CoreType> space(CoreType type) {
        return switch (type) {
            case Function function -> functions;
            case CoreType.Table table -> tables;
            case CoreType.Memory memory -> memories;
            case CoreType.Global global -> globals;
            case CoreType.Tag tag -> tags;
        };
    }
}

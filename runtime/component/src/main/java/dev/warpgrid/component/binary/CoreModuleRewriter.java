package dev.warpgrid.component.binary;

import dev.warpgrid.component.ComponentLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Caps a core module, since the engine has no cap of its own: the maximum of each memory and table becomes the smaller
 * of what is declared and what is allowed. Imported ones need no change, because the module that defines them was
 * capped. Every memory and every mutable global of the module is exported under a reserved name as well, so that
 * counting bytes and taking snapshots reach all state; the index behind the name counts the module's own ones.
 */
public final class CoreModuleRewriter {
    /** How the reserved name of a global's export begins; its index among the module's own follows. */
    public static final String GLOBAL_EXPORT = "warpgrid:global:";

    /** How the reserved name of a memory's export begins; its index follows. */
    public static final String MEMORY_EXPORT = "warpgrid:memory:";

    private static final int MEMORY_KIND = 2;
    private static final int PAGE_BYTES = 1 << 16;
    private static final int EXPORT_SECTION = 7;
    private static final int GLOBAL_KIND = 3;

    private final CoreModuleBinary module;
    private final Caps caps;
    private final ByteArrayOutputStream out;

    /**
     * What a module may use.
     *
     * @param growPages    by which each memory may grow beyond its minimum
     * @param growElements by which each table may grow beyond its minimum
     */
    public record Caps(long growPages, long growElements) {}

    private CoreModuleRewriter(CoreModuleBinary module, Caps caps) {
        this.module = module;
        this.caps = caps;
        this.out = new ByteArrayOutputStream(module.length() + 256);
    }

    /**
     * Rewrites a module that was read without error.
     */
    public static byte[] rewrite(CoreModuleBinary module, Caps caps) {
        return new CoreModuleRewriter(module, caps).module();
    }

    /** The number of bytes that pages are. */
    public static long bytes(long pages) {
        return pages * PAGE_BYTES;
    }

    /** The number of whole pages in a number of bytes. */
    public static long pages(long bytes) {
        return bytes / PAGE_BYTES;
    }

    private byte[] module() {
        byte[] bytes = module.bytes();
        ByteReader in =
                new ByteReader(bytes, module.start(), module.start() + module.length(), ComponentLimits.defaults());
        in.skip(CoreModuleReader.HEADER_BYTES);
        out.write(bytes, module.start(), CoreModuleReader.HEADER_BYTES);
        boolean exportsDone = addedExports() == 0;
        while (!in.atEnd()) {
            int begin = in.position();
            int id = in.u8();
            ByteReader body = in.slice(in.length());
            if (!exportsDone && id > EXPORT_SECTION && id <= 12) {
                section(EXPORT_SECTION, exportSection(Optional.empty()));
                exportsDone = true;
            }
            switch (id) {
                case 4 -> section(id, tableSection(body));
                case 5 -> section(id, memorySection(body));
                case EXPORT_SECTION -> {
                    section(id, exportSection(Optional.of(body)));
                    exportsDone = true;
                }
                default -> out.write(bytes, begin, in.position() - begin);
            }
        }
        if (!exportsDone) {
            section(EXPORT_SECTION, exportSection(Optional.empty()));
        }
        return out.toByteArray();
    }

    private long addedExports() {
        return module.memories().size()
                + module.globals().stream().filter(CoreType.Global::mutable).count();
    }

    private void section(int id, ByteArrayOutputStream body) {
        out.write(id);
        writeUnsigned(out, body.size());
        out.writeBytes(body.toByteArray());
    }

    private ByteArrayOutputStream memorySection(ByteReader body) {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        int count = body.count();
        writeUnsigned(section, count);
        for (int i = 0; i < count; i++) {
            CoreType.Memory memory = CoreTypeReader.memory(body);
            long allowed = memory.minimumPages() + caps.growPages();
            long maximum = memory.maximumPages() < 0 ? allowed : Math.min(memory.maximumPages(), allowed);
            section.write(1 | (memory.shared() ? 2 : 0) | (memory.wide() ? 4 : 0));
            writeUnsigned(section, memory.minimumPages());
            writeUnsigned(section, memory.wide() ? maximum : Math.min(maximum, PAGE_BYTES));
        }
        return section;
    }

    private ByteArrayOutputStream tableSection(ByteReader body) {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        int count = body.count();
        writeUnsigned(section, count);
        for (int i = 0; i < count; i++) {
            boolean initialised = body.peek() == 0x40;
            if (initialised) {
                body.skip(2);
                section.write(0x40);
                section.write(0);
            }
            CoreType.Table table = CoreTypeReader.table(body);
            writeTable(section, table);
            if (initialised) {
                int begin = body.position();
                ConstantExpression.skip(body);
                section.write(body.bytes(), begin, body.position() - begin);
            }
        }
        return section;
    }

    private void writeTable(ByteArrayOutputStream section, CoreType.Table table) {
        long allowed = table.minimum() + caps.growElements();
        long maximum = table.maximum() < 0 ? allowed : Math.min(table.maximum(), allowed);
        section.write(table.element());
        section.write(1 | (table.wide() ? 4 : 0));
        writeUnsigned(section, table.minimum());
        writeUnsigned(section, maximum);
    }

    private ByteArrayOutputStream exportSection(Optional<ByteReader> old) {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        long present = old.map(ByteReader::count).orElse(0);
        writeUnsigned(section, present + addedExports());
        old.ifPresent(body -> section.write(body.bytes(), body.position(), body.remaining()));
        int memory = imported(CoreType.Memory.class);
        for (int i = 0; i < module.memories().size(); i++) {
            writeExport(section, MEMORY_EXPORT + i, MEMORY_KIND, memory + i);
        }
        int global = imported(CoreType.Global.class);
        for (int i = 0; i < module.globals().size(); i++) {
            if (module.globals().get(i).mutable()) {
                writeExport(section, GLOBAL_EXPORT + i, GLOBAL_KIND, global + i);
            }
        }
        return section;
    }

    private int imported(Class<? extends CoreType> type) {
        return (int) module.imports().stream()
                .filter(each -> type.isInstance(each.type()))
                .count();
    }

    private static void writeExport(ByteArrayOutputStream section, String name, int kind, int index) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(section, bytes.length);
        section.writeBytes(bytes);
        section.write(kind);
        writeUnsigned(section, index);
    }

    private static void writeUnsigned(ByteArrayOutputStream target, long value) {
        long rest = value;
        while (rest > 0x7f) {
            target.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        target.write((int) rest);
    }
}

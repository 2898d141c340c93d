package dev.warpgrid.component.binary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A core module as its sections declare it; code and data stay undecoded.
 *
 * @param start    where it begins in {@code bytes}
 * @param length   in bytes
 * @param imports  in section order
 * @param exports  by name, in section order
 * @param memories the module's own
 * @param tables   the module's own
 * @param globals  the module's own
 */
// The bytes are those of the whole component, shared by all its modules and never written.
@SuppressWarnings("ArrayRecordComponent")
public record CoreModuleBinary(
        byte[] bytes,
        int start,
        int length,
        List<Import> imports,
        Map<String, CoreType> exports,
        List<CoreType.Memory> memories,
        List<CoreType.Table> tables,
        List<CoreType.Global> globals,
        boolean startFunction) {
    /** An import by its two names. */
    public record Import(String module, String name, CoreType type) {}

    /** The type of an export, or null when there is none of that name. */
    public @Nullable CoreType export(String name) {
        return exports.get(name);
    }

    public long minimumMemoryPages() {
        long sum = 0;
        for (CoreType.Memory memory : memories) {
            sum += memory.minimumPages();
        }
        return sum;
    }

    /** What its own tables start with. */
    public long minimumTableElements() {
        long sum = 0;
        for (CoreType.Table table : tables) {
            sum = Math.min(Integer.MAX_VALUE, sum + Math.min(Integer.MAX_VALUE, table.minimum()));
        }
        return sum;
    }

    /** The first import that another one repeats, which the Component Model forbids; null when all differ. */
    public @Nullable Import duplicateImport() {
        Map<String, Map<String, Import>> seen = new HashMap<>();
        for (Import each : imports) {
            if (seen.computeIfAbsent(each.module(), module -> new HashMap<>()).put(each.name(), each) != null) {
                return each;
            }
        }
        return null;
    }
}

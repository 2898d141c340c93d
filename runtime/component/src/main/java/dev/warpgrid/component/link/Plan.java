package dev.warpgrid.component.link;

import dev.warpgrid.component.abi.Callee;
import dev.warpgrid.component.abi.CoreRef;
import dev.warpgrid.component.binary.CoreModuleBinary;
import dev.warpgrid.component.types.FunctionType;
import java.util.List;
import java.util.Map;

/**
 * What making an instance of a linked component takes.
 *
 * @param modules       each core module once
 * @param steps         core modules to instantiate, in order
 * @param coreInstances how many indexes of core instances there are, some of which no step may fill
 * @param parents       for each component instance the index of the one around it, -1 for the outermost
 * @param coreRefs      how many exports of core instances the plans use
 * @param memories      the memories of the core modules, which only {@code memoryBytes} asks for
 * @param exports       of the outermost component
 */
public record Plan(
        List<CoreModuleBinary> modules,
        List<Step> steps,
        int coreInstances,
        List<Integer> parents,
        int coreRefs,
        List<CoreRef> memories,
        Map<String, Exported> exports) {
    /**
     * Instantiates a core module.
     *
     * @param instance the index of the core instance this makes
     * @param module   of the plan's core modules, by index; -1 when only its type is known, which no plan that runs has
     * @param imports  in the order of its import section
     */
    public record Step(int instance, int module, List<CoreSource> imports) {
        public Step {
            imports = List.copyOf(imports);
        }
    }

    /** An export that can be called, or whose functions can. */
    public sealed interface Exported {}

    public record ExportedFunction(FunctionType type, Callee callee) implements Exported {}

    public record ExportedInstance(Map<String, ExportedFunction> functions) implements Exported {}

    /** The sum of what the memories start with, in pages of 64 KiB. */
    public long minimumMemoryPages() {
        return steps.stream()
                .filter(step -> step.module() >= 0)
                .mapToLong(step -> modules.get(step.module()).minimumMemoryPages())
                .sum();
    }

    /** The sum of what the tables start with, in elements. */
    public long minimumTableElements() {
        return steps.stream()
                .filter(step -> step.module() >= 0)
                .mapToLong(step -> modules.get(step.module()).minimumTableElements())
                .sum();
    }

    /** How many tables there will be. */
    public int tables() {
        return steps.stream()
                .filter(step -> step.module() >= 0)
                .mapToInt(step -> modules.get(step.module()).tables().size())
                .sum();
    }
}
